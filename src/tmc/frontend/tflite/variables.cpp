// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/variables.hpp"

#include <algorithm>

#include "tmc/ir/verifier.hpp"

namespace tmc::frontend::tflite {

using ir::ValueId;

Result<ValueId> Variables::read(const std::string& name, const FileTensor& declared) {
  Variable& variable = variables_[name];
  if (variable.now != ValueId::kNone) return variable.now;
  if (declared.shifted) return error(Error::kUnsupportedType, "the variable '{}' is uint8", name);
  TMC_TRY(ir::verify_type(declared.type).at_node(name));
  variable.before = variable.now = graph_.add_input(name, declared.type, declared.quantization);
  return variable.now;
}

Status Variables::write(const std::string& name, ValueId value) {
  Variable& variable = variables_[name];
  if (variable.before != ValueId::kNone) {
    const ir::Value& before = graph_.value(variable.before);
    const ir::Value& after = graph_.value(value);
    if (before.type != after.type || before.quantization != after.quantization) {
      return error(Error::kMalformed, "the variable '{}' changes its type", name);
    }
  }
  variable.now = value;
  ++writes_;
  return {};
}

Result<ir::TensorData> Variables::initial_of(const std::string& name, const ir::Value& before,
                                             ConstantBudget& budget) const {
  const auto bytes = static_cast<size_t>(before.type.shape.elements() * dtype_bytes(before.type.dtype));
  const auto found = initial_.find(name);
  if (found != initial_.end()) {
    const FileTensor& constant = found->second;
    if (!constant.data || constant.type.dtype != before.type.dtype || constant.data->size() != bytes) {
      return error(Error::kMalformed, "the variable '{}' begins as something of another type", name);
    }
    TMC_TRY(budget.take(bytes));
    return ir::TensorData(std::vector<std::byte>(constant.data->begin(), constant.data->end()));
  }
  TMC_TRY(budget.take_computed(before.type));
  const bool has_zero = dtype_bytes(before.type.dtype) == 1 && !before.quantization.empty();
  return ir::TensorData(
      std::vector<std::byte>(bytes, static_cast<std::byte>(has_zero ? before.quantization.zero_point() : 0)));
}

Status Variables::finish(ConstantBudget& budget) {
  for (const auto& [name, variable] : variables_) {
    if (variable.before == ValueId::kNone) continue;  // written, and read by nobody
    const ir::Value before = graph_.value(variable.before);
    TMC_ASSIGN(ir::TensorData initial, initial_of(name, before, budget));
    ir::State state;
    state.input = static_cast<size_t>(std::ranges::find(graph_.inputs(), variable.before) - graph_.inputs().begin());
    state.output = graph_.outputs().size();
    state.initial = graph_.add_constant(name + "_initial", before.type, std::move(initial), before.quantization);
    graph_.add_output(variable.now);
    graph_.states.push_back(state);
  }
  return {};
}

}  // namespace tmc::frontend::tflite
