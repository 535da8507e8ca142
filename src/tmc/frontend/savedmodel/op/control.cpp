// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "tmc/frontend/savedmodel/graph_import.hpp"

namespace tmc::frontend::savedmodel {
namespace {

Status import_call(NodeContext& context) {
  TMC_ASSIGN(const std::string function, context.function("f"));
  // The function that a signature or a layer is wrapped in says nothing by its name.
  const bool is_wrapper = context.name().find("PartitionedCall") != std::string::npos;
  const std::string prefix = is_wrapper ? "" : context.name() + "/";
  TMC_ASSIGN(const std::vector<Value> results, context.graph().call(function, context.inputs(), prefix));
  for (const Value& result : results) context.finish_value(result);
  return {};
}

// None where it is computed at run time.
Result<std::optional<bool>> truth_of(NodeContext& context, const Value& value) {
  if (value.kind != Value::Kind::kTensor) return error(Error::kMalformed, "its condition is no tensor");
  TMC_ASSIGN(const ops::TensorType type, context.type_of(value.name));
  if (type.dtype != DType::kBool || type.shape.elements() != 1) {
    return error(Error::kUnsupportedType, "its condition is {} of {} elements, no truth value", dtype_name(type.dtype),
                 type.shape.elements())
        .with_hint("compare it with a number");
  }
  const auto known = context.known(value.name);
  if (!known) return std::optional<bool>();
  return std::optional<bool>(known->front() != 0);
}

// Trip by trip, as long as the condition is known here; what trips have in common becomes a loop again later on.
Status import_while(NodeContext& context) {
  TMC_ASSIGN(const std::string condition, context.function("cond"));
  TMC_ASSIGN(const std::string body, context.function("body"));
  std::vector<Value> state = context.inputs();
  while (true) {
    TMC_ASSIGN(const std::vector<Value> results, context.graph().call(condition, state, ""));
    if (results.size() != 1) return error(Error::kMalformed, "its condition gives {} values", results.size());
    if (results.front().kind == Value::Kind::kRefused) {
      context.finish_value({});
      return {};
    }
    TMC_ASSIGN(const std::optional<bool> goes_on, truth_of(context, results.front()));
    if (!goes_on) {
      return error(Error::kUnsupportedShape, "how often its body runs is known at run time only")
          .with_hint("let it run a number of times that follows from the shapes");
    }
    if (!*goes_on) break;
    const size_t count = state.size();
    TMC_ASSIGN(state, context.graph().call(body, std::move(state), ""));
    if (state.size() != count) return error(Error::kMalformed, "its body gives {} values for {}", state.size(), count);
  }
  for (Value& value : state) context.finish_value(std::move(value));
  return {};
}

// Where the condition is computed at run time both branches are, and one of them is taken: they have no effects.
Status import_if(NodeContext& context) {
  TMC_ASSIGN(const std::string if_true, context.function("then_branch"));
  TMC_ASSIGN(const std::string if_false, context.function("else_branch"));
  if (context.input_count() == 0) return error(Error::kMalformed, "it has no condition");
  TMC_ASSIGN(const std::optional<bool> known, truth_of(context, context.inputs().front()));
  const std::vector<Value> arguments(context.inputs().begin() + 1, context.inputs().end());
  std::vector<Value> taken[2];
  for (const bool truth : {false, true}) {
    if (known && *known != truth) continue;
    TMC_ASSIGN(taken[truth ? 1 : 0], context.graph().call(truth ? if_true : if_false, arguments, ""));
  }
  if (known) {
    for (const Value& value : taken[*known ? 1 : 0]) context.finish_value(value);
    return {};
  }
  if (taken[0].size() != taken[1].size()) return error(Error::kMalformed, "its branches have not the same outputs");
  TMC_ASSIGN(const std::string condition, context.input(0));
  for (size_t i = 0; i < taken[0].size(); ++i) {
    const Value &a = taken[1][i], &b = taken[0][i];
    if (a.kind == Value::Kind::kRefused || b.kind == Value::Kind::kRefused) {
      context.finish_value({});
      continue;
    }
    const bool are_tensors = a.kind == Value::Kind::kTensor && b.kind == Value::Kind::kTensor;
    if (!are_tensors) {
      return error(Error::kUnsupportedType, "its branches give lists or variables")
          .with_hint("make the condition a constant");
    }
    TMC_ASSIGN(const ops::TensorType type, context.type_of(a.name));
    TMC_ASSIGN(const ops::TensorType other, context.type_of(b.name));
    if (type != other) {
      return error(Error::kUnsupportedShape, "its branches give output {} in different types", i)
          .with_hint("make the condition a constant, or the types of both branches the same");
    }
    TMC_TRY(context.finish("Where", {condition, a.name, b.name}));
  }
  return {};
}

Status import_identity(NodeContext& context) {
  if (context.input_count() == 0) return error(Error::kMalformed, "it has no input");
  for (const Value& value : context.inputs()) context.finish_value(value);
  return {};
}

// Gives its first operand.
Status import_first(NodeContext& context) {
  if (context.input_count() == 0) return error(Error::kMalformed, "it has no input");
  context.finish_value(context.inputs().front());
  return {};
}

}  // namespace

std::span<const Importer> control_operators() {
  static constexpr Importer kOperators[] = {
      {"CheckNumerics", import_first},
      {"EnsureShape", import_first},
      {"Identity", import_first},
      {"IdentityN", import_identity},
      {"If", import_if},
      {"PartitionedCall", import_call},
      {"PlaceholderWithDefault", import_first},
      {"PreventGradient", import_first},
      {"Snapshot", import_first},
      {"StatefulPartitionedCall", import_call},
      {"StatelessIf", import_if},
      {"StatelessWhile", import_while},
      {"StopGradient", import_first},
      {"While", import_while},
  };
  return kOperators;
}

}  // namespace tmc::frontend::savedmodel
