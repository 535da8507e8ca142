// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/body.hpp"
#include "tmc/frontend/onnx/operator_body.hpp"
#include "tmc/ops/op/where.hpp"

namespace tmc::frontend::onnx_format {
namespace {

// Sequences of equal lengths: of each element that of the branch that is taken.
Status choose_elements(ImportContext& context, size_t output, ir::ValueId condition, const FileTensor& first,
                       const FileTensor& second) {
  if (!first.elements || !second.elements || first.elements->size() != second.elements->size()) {
    return error(Error::kUnsupportedShape, "its branches give output {} as sequences of different lengths", output)
        .with_hint("make the condition a constant");
  }
  std::vector<FileTensor> elements;
  for (size_t i = 0; i < first.elements->size(); ++i) {
    FileTensor of_first = (*first.elements)[i], of_second = (*second.elements)[i];
    TMC_ASSIGN(const ir::ValueId a, context.value_of(of_first));
    TMC_ASSIGN(const ir::ValueId b, context.value_of(of_second));
    if (context.type(a) != context.type(b)) {
      return error(Error::kUnsupportedShape, "its branches give element {} of output {} in different types", i, output)
          .with_hint("make the condition a constant, or the types of both branches the same");
    }
    TMC_ASSIGN(elements.emplace_back().value,
               context.append(fmt::format("_element{}", i), ops::Where{}, {condition, a, b}));
  }
  return context.finish_elements(std::move(elements), output);
}

// Both branches are computed, and one of them is taken: they have no effects.
Status import_both(ImportContext& context, const ::onnx::GraphProto& if_true, const ::onnx::GraphProto& if_false) {
  TMC_ASSIGN(const ir::ValueId condition, context.input(0));
  TMC_ASSIGN(std::vector<FileTensor> first, context.import_body(if_true, {}));
  TMC_ASSIGN(std::vector<FileTensor> second, context.import_body(if_false, {}));
  if (first.size() != second.size()) return error(Error::kMalformed, "its branches have not the same outputs");
  for (size_t i = 0; i < first.size(); ++i) {
    if (first[i].elements || second[i].elements) {
      TMC_TRY(choose_elements(context, i, condition, first[i], second[i]));
      continue;
    }
    TMC_ASSIGN(const ir::ValueId a, context.value_of(first[i]));
    TMC_ASSIGN(const ir::ValueId b, context.value_of(second[i]));
    if (context.type(a) != context.type(b)) {
      return error(Error::kUnsupportedShape, "its branches give output {} in different types", i)
          .with_hint("make the condition a constant, or the types of both branches the same");
    }
    TMC_TRY(context.finish_output(i, ops::Where{}, {condition, a, b}));
  }
  return {};
}

}  // namespace

Status import_if(ImportContext& context) {
  TMC_ASSIGN(const ::onnx::GraphProto* if_true, body_of(context, "then_branch"));
  TMC_ASSIGN(const ::onnx::GraphProto* if_false, body_of(context, "else_branch"));
  const Constant* condition = context.constant_if(0);
  if (condition == nullptr) return import_both(context, *if_true, *if_false);
  if (condition->type.dtype != DType::kBool || condition->type.shape.elements() != 1) {
    return error(Error::kMalformed, "its condition is no truth value");
  }
  return import_in_place(context, condition->data.bytes()[0] != std::byte{0} ? *if_true : *if_false, {});
}

}  // namespace tmc::frontend::onnx_format
