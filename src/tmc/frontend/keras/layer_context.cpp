// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/keras/layer_context.hpp"

#include <algorithm>

#include "tmc/ops/op/reshape.hpp"

namespace tmc::frontend::keras {

using ir::ValueId;

Result<ValueId> LayerContext::input() const {
  if (inputs_.size() == 1) return inputs_.front();
  return error(Error::kUnsupportedOp, "it reads {} tensors, not one", inputs_.size());
}

Result<ValueId> LayerContext::append(const std::string& suffix, ops::AnyOp op, std::vector<ValueId> inputs,
                                     Quantization quantization) {
  return graph_.append(layer_.name + suffix, std::move(op), std::move(inputs), std::move(quantization));
}

ValueId LayerContext::constant(const std::string& suffix, const Shape& shape, std::span<const float> values) {
  return graph_.add_constant(layer_.name + suffix, {DType::kF32, shape}, ir::TensorData::of(values));
}

ValueId LayerContext::scalar(const std::string& suffix, double value) {
  const auto single = static_cast<float>(value);
  return constant(suffix, Shape(), std::span(&single, 1));
}

Result<ValueId> LayerContext::reshaped(const std::string& suffix, ValueId value, const std::vector<int64_t>& extents) {
  if (std::ranges::equal(shape(value), extents)) return value;
  return append(suffix, ops::Reshape{extents}, {value});
}

Status LayerContext::finish(ops::AnyOp op, std::vector<ValueId> inputs) {
  TMC_ASSIGN(result_, append("", std::move(op), std::move(inputs)));
  return {};
}

Status LayerContext::finish_as(ValueId value) {
  const bool is_own = std::ranges::find(inputs_, value) == inputs_.end() && !graph_.value(value).is_constant();
  if (is_own && graph_.value(value).name != layer_.name) graph_.rename(value, layer_.name);
  result_ = value;
  return {};
}

}  // namespace tmc::frontend::keras
