// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/program/edit.hpp"

namespace tmc::program {
namespace {

// New index of each element; those that are gone get the next one's.
template <typename T, typename IsGone>
std::vector<int32_t> compact(std::vector<T>& values, IsGone is_gone) {
  std::vector<int32_t> index;
  std::vector<T> kept;
  for (size_t i = 0; i < values.size(); ++i) {
    index.push_back(static_cast<int32_t>(kept.size()));
    if (!is_gone(i)) kept.push_back(std::move(values[i]));
  }
  values = std::move(kept);
  return index;
}

}  // namespace

void remove_buffers(Program& program, const std::function<bool(int32_t)>& is_gone) {
  const auto index = compact(program.buffers, [&](size_t i) { return is_gone(static_cast<int32_t>(i)); });
  for (Step& step : program.steps) {
    for (Operand& operand : step.operands) {
      if (operand.kind == Operand::Kind::kBuffer) operand.index = index[static_cast<size_t>(operand.index)];
    }
  }
  for (Tensor& tensor : program.tensors) tensor.buffer = index[static_cast<size_t>(tensor.buffer)];
  if (program.state_buffer != Program::kNone) {
    program.state_buffer = index[static_cast<size_t>(program.state_buffer)];
  }
}

void remove_tensors(Program& program, const std::function<bool(const Tensor&)>& is_gone) {
  const std::vector<Tensor> tensors = program.tensors;
  const auto index = compact(program.tensors, [&](size_t i) { return is_gone(tensors[i]); });
  for (std::vector<int32_t>* ports : {&program.inputs, &program.outputs}) {
    for (int32_t& port : *ports) port = index[static_cast<size_t>(port)];
  }
}

}  // namespace tmc::program
