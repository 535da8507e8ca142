// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/opt/channels/layer_weights.hpp"

#include <algorithm>
#include <cmath>

#include "tmc/base/host/element.hpp"
#include "tmc/ops/op/conv2d.hpp"
#include "tmc/ops/op/fully_connected.hpp"
#include "tmc/opt/channels/node_channels.hpp"
#include "tmc/opt/layer.hpp"

namespace tmc::opt {
namespace {

using ir::Graph;
using ir::Node;
using ir::Value;

// More than a term's share in what any order of summation loses in float32, of which it may lose some at every step.
constexpr double kFloatMargin = 1e-6;

template <typename T>
std::vector<T> stored(const Value& constant) {
  std::vector<T> elements(static_cast<size_t>(constant.type.shape.elements()));
  const size_t bytes = dtype_bytes(constant.type.dtype);
  for (size_t i = 0; i < elements.size(); ++i) {
    elements[i] = static_cast<T>(load_element(constant.type.dtype, constant.data->bytes().data() + i * bytes));
  }
  return elements;
}

bool is_constant_of(const Value& value, std::initializer_list<DType> dtypes) {
  return value.is_constant() && std::ranges::find(dtypes, value.type.dtype) != dtypes.end();
}

bool is_affine(const Value& value) {
  return (value.type.dtype == DType::kI8 || value.type.dtype == DType::kI16) && value.quantization.scales.size() == 1;
}

bool is_symmetric(const Value& weights) {
  const Quantization& quantization = weights.quantization;
  return !quantization.empty() && quantization.axis <= 0 &&
         std::ranges::all_of(quantization.zero_points, [](int32_t point) { return point == 0; });
}

bool is_laid_out(const Graph& graph, const Node& node) {
  if (const auto* conv = node.op.get_if<ops::Conv2d>()) {
    return conv->layout == ops::Layout::kNhwc && !conv->planar_input &&
           (conv->groups == 1 || is_depthwise(graph, node));
  }
  return node.op.is<ops::FullyConnected>();
}

}  // namespace

LayerArithmetic layer_arithmetic(const Graph& graph, const Node& node) {
  if (!is_laid_out(graph, node)) return LayerArithmetic::kOther;
  const Value& input = graph.value(node.inputs[0]);
  const Value& weights = graph.value(node.inputs[1]);
  const Value& output = graph.value(node.outputs[0]);
  const Value* bias = has_bias(node) ? &graph.value(node.inputs[2]) : nullptr;
  if (input.type.dtype == DType::kF32) {
    if (bias && !is_constant_of(*bias, {DType::kF32, DType::kF16})) return LayerArithmetic::kOther;
    if (is_constant_of(weights, {DType::kF32, DType::kF16})) return LayerArithmetic::kFloat;
    return is_constant_of(weights, {DType::kI8}) && is_symmetric(weights) ? LayerArithmetic::kHybrid
                                                                          : LayerArithmetic::kOther;
  }
  const bool integer = is_affine(input) && is_affine(output) && is_constant_of(weights, {DType::kI8}) &&
                       is_symmetric(weights) && (!bias || is_constant_of(*bias, {DType::kI32}));
  return integer ? LayerArithmetic::kInteger : LayerArithmetic::kOther;
}

LayerWeights::LayerWeights(const Graph& graph, const Node& node) : arithmetic_(layer_arithmetic(graph, node)) {
  const Value& weights = graph.value(node.inputs[1]);
  rows_ = weights.type.shape[0];
  inputs_ = weights.type.shape.back();
  taps_ = weights.type.shape.elements(1, weights.type.shape.rank() - 1);
  if (is_depthwise(graph, node)) per_input_ = rows_ / channel_count(graph.value(node.inputs[0]));
  if (const auto* conv = node.op.get_if<ops::Conv2d>()) {
    padded_ = conv->pad_top > 0 || conv->pad_left > 0 || conv->pad_bottom > 0 || conv->pad_right > 0;
  }
  if (arithmetic_ == LayerArithmetic::kInteger) zero_ = graph.value(node.inputs[0]).quantization.zero_point();
  weights_ = stored<float>(weights);
  if (has_bias(node)) biases_ = stored<double>(graph.value(node.inputs[2]));
}

bool LayerWeights::reads(int64_t row, int64_t input) const {
  for (int64_t tap = 0; tap < taps_; ++tap) {
    if (at(row, tap, input) != 0) return true;
  }
  return false;
}

bool LayerWeights::is_zero(int64_t row) const {
  const auto first = weights_.begin() + row * taps_ * inputs_;
  return std::all_of(first, first + taps_ * inputs_, [](float weight) { return weight == 0; });
}

double LayerWeights::contribution(int64_t row, int64_t input, double value) const {
  double weight = 0;
  for (int64_t tap = 0; tap < taps_; ++tap) weight += static_cast<double>(at(row, tap, input));
  return weight * (value - zero_);
}

ChannelRange LayerWeights::sum(int64_t row, std::span<const ChannelRange> ranges) const {
  double low = bias(row);
  double high = low;
  // A term t is off by a share of |t| at most, and t plus that share grows with t: so the bounds of the terms bound the
  // computed sum too, even where the other bound is infinite.
  const double share =
      arithmetic_ == LayerArithmetic::kInteger ? 0 : kFloatMargin * static_cast<double>(inputs_ * taps_);
  double low_margin = share * std::abs(low);
  double high_margin = low_margin;
  for (int64_t input = 0; input < inputs_; ++input) {
    ChannelRange range = ranges[static_cast<size_t>(first_input(row) + input)];
    if (padded_) range = {std::min(range.low, zero_), std::max(range.high, zero_)};
    for (int64_t tap = 0; tap < taps_; ++tap) {
      const auto weight = static_cast<double>(at(row, tap, input));
      if (weight == 0) continue;  // times an infinite bound
      const double a = weight * (range.low - zero_);
      const double b = weight * (range.high - zero_);
      low += std::min(a, b);
      high += std::max(a, b);
      low_margin += share * std::abs(std::min(a, b));
      high_margin += share * std::abs(std::max(a, b));
    }
  }
  return low == high ? ChannelRange{low, high} : ChannelRange{low - low_margin, high + high_margin};
}

}  // namespace tmc::opt
