// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/opt/decoder/step_ports.hpp"

#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/cast.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/rotary_angles.hpp"
#include "tmc/ops/op/slice.hpp"

namespace tmc::opt {

using ir::ValueId;

StepPorts::StepPorts(ir::Graph& step, const PastGraph& past, const Stream& stream)
    : step_(step),
      block_(past.block),
      window_(stream.window),
      tokens_(step.add_input("tokens", {DType::kI32, Shape::of(past.block)})),
      place_(step.add_input("cache", {DType::kI32, Shape::of(3)})) {}

Result<ValueId> StepPorts::in_type_of(const ir::Value& as, ValueId id) {
  if (as.type.dtype != DType::kI32) {
    TMC_ASSIGN(id, step_.append(as.name + "_wide", ops::Cast{.to = as.type.dtype}, {id}));
  }
  return step_.append(as.name, ops::Reshape{{as.type.shape.begin(), as.type.shape.end()}}, {id});
}

Result<ValueId> StepPorts::tokens(const ir::Value& as) {
  return in_type_of(as, tokens_);
}

Result<ValueId> StepPorts::positions(const ir::Value& as) {
  ops::Slice slice = ops::Slice::whole(Shape::of(3));
  slice.read(0, 0, 1);
  TMC_ASSIGN(const ValueId first, step_.append("position", slice, {place_}));
  if (block_ == 1) return in_type_of(as, first);
  std::vector<int32_t> counted;
  for (int64_t i = 0; i < block_; ++i) counted.push_back(static_cast<int32_t>(i));
  const ValueId behind = step_.add_constant("counted_tokens", {DType::kI32, Shape::of(block_)},
                                            ir::TensorData::of(std::span<const int32_t>(counted)));
  TMC_ASSIGN(const ValueId all, step_.append("positions", ops::Add{}, {first, behind}));
  return in_type_of(as, all);
}

Result<ValueId> StepPorts::angles(const std::vector<int64_t>& steps, bool sine, int64_t window) {
  const auto key = std::tuple(steps, sine, window);
  if (const auto found = angles_.find(key); found != angles_.end()) return found->second;
  const std::string name = fmt::format("{}position_{}", window > 0 ? "sink_" : "", sine ? "sines" : "cosines");
  const ops::RotaryAngles op{.sine = sine, .tokens = block_, .window = window, .steps = steps};
  TMC_ASSIGN(const ValueId made, step_.append(name, op, {place_}));
  return angles_[key] = made;
}

ValueId StepPorts::add_cache(const std::string& name, int64_t width) {
  const ops::TensorType type{DType::kF32, Shape::of(window_, width)};
  ValueId& empty = empty_.emplace(width, ValueId::kNone).first->second;
  if (empty == ValueId::kNone) {
    const auto bytes = static_cast<size_t>(type.shape.elements()) * sizeof(float);
    empty = step_.add_constant("empty_cache", type, ir::TensorData(std::vector<std::byte>(bytes)));
  }
  const ValueId cache = step_.add_input(name, type);
  states_.push_back({step_.inputs().size() - 1, ValueId::kNone, empty});
  return cache;
}

void StepPorts::set_written(const std::vector<ValueId>& written) {
  const size_t first = states_.size() - written.size();
  for (size_t i = 0; i < written.size(); ++i) states_[first + i].written = written[i];
}

void StepPorts::add_outputs(ValueId logits) {
  step_.add_output(logits);
  for (const State& state : states_) {
    step_.states.push_back({.input = state.input, .output = step_.outputs().size(), .initial = state.empty});
    step_.add_output(state.written);
  }
}

}  // namespace tmc::opt
