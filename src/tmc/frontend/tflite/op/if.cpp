// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/body.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/where.hpp"

namespace tmc::frontend::tflite {
namespace {

using ir::ValueId;

// Both branches are computed, and one of them is taken: they have no effects.
Status finish_both(ImportContext& context, ValueId condition, const std::vector<ValueId>& if_true,
                   const std::vector<ValueId>& if_false) {
  for (size_t i = 0; i < if_true.size(); ++i) {
    if (context.type(if_true[i]) != context.type(if_false[i])) {
      return error(Error::kUnsupportedShape, "its branches give output {} in different types", i)
          .with_hint("make the condition a constant, or the types of both branches the same");
    }
    TMC_TRY(context.finish_output(i, ops::Where{}, {condition, if_true[i], if_false[i]}));
  }
  return {};
}

}  // namespace

Status import_if(ImportContext& context) {
  TMC_ASSIGN(const auto* options, context.options<schema::IfOptions>());
  TMC_ASSIGN(const ValueId condition, context.input(0));
  if (context.type(condition).dtype != DType::kBool || context.type(condition).shape.elements() != 1) {
    return error(Error::kMalformed, "its condition is no truth value");
  }
  std::vector<ValueId> inputs;
  for (size_t i = 1; i < context.input_count(); ++i) {
    TMC_ASSIGN(inputs.emplace_back(), context.input(i));
  }
  const auto known = context.known(condition);
  const int64_t writes = context.variables().writes();
  std::vector<ValueId> results[2];
  const int32_t branches[] = {options->then_subgraph_index(), options->else_subgraph_index()};
  for (size_t i = 0; i < 2; ++i) {
    TMC_ASSIGN(const size_t index, Body::check_index(context, branches[i], inputs.size(), context.output_count()));
    if (known && (known->front() != 0) != (i == 0)) continue;
    Body branch(context, index);
    TMC_ASSIGN(results[i], branch.run(inputs));
  }
  if (!known) {
    if (context.variables().writes() == writes) return finish_both(context, condition, results[0], results[1]);
    return error(Error::kUnsupportedOp,
                 "a branch of it writes a variable, and its condition is known at run time alone")
        .with_hint("write the variable outside of the branch");
  }
  const std::vector<ValueId>& taken = results[known->front() != 0 ? 0 : 1];
  for (size_t i = 0; i < taken.size(); ++i) {
    const Shape& shape = context.type(taken[i]).shape;
    TMC_TRY(context.finish_output(i, ops::Reshape{{shape.begin(), shape.end()}}, {taken[i]}));
  }
  return {};
}

}  // namespace tmc::frontend::tflite
