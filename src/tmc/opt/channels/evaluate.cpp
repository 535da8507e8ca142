// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/opt/channels/evaluate.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "tmc/base/host/element.hpp"
#include "tmc/ops/op/conv2d.hpp"
#include "tmc/ops/op/fully_connected.hpp"

namespace tmc::opt {
namespace {

using ir::Node;
using ir::Value;

// Whether no kernel wraps around: the sum has 32 bits, also after a shift to the left where the factor has one, and
// its result stays far within them.
bool is_rescalable(const ChannelRange& sum, double factor) {
  constexpr double kLargest = std::numeric_limits<int32_t>::max();
  const double largest = std::max(std::abs(sum.low), std::abs(sum.high));
  const double shifted = factor < 0.5 ? largest : largest * std::max(1.0, 2 * factor);
  return shifted <= kLargest && largest * factor <= kLargest / 4;
}

ir::TensorData data_of(DType dtype, std::span<const double> elements) {
  std::vector<std::byte> bytes(elements.size() * dtype_bytes(dtype));
  for (size_t i = 0; i < elements.size(); ++i) store_element(dtype, elements[i], bytes.data() + i * dtype_bytes(dtype));
  return ir::TensorData(std::move(bytes));
}

Value constant_of(DType dtype, const Shape& shape, std::span<const double> elements, Quantization quantization = {}) {
  Value value;
  value.name = "operand";
  value.type = {dtype, shape};
  value.quantization = std::move(quantization);
  value.data = data_of(dtype, elements);
  return value;
}

bool is_narrow(DType dtype) {
  return dtype == DType::kI8 || dtype == DType::kU8 || dtype == DType::kI16;
}

// The scales of the weights, once for the lower and once for the upper bounds of the sums.
Quantization twice(const Quantization& weights) {
  if (weights.scales.size() == 1) return Quantization::per_tensor(weights.scale(), 0);
  Quantization doubled = weights;
  doubled.scales.insert(doubled.scales.end(), weights.scales.begin(), weights.scales.end());
  doubled.zero_points.resize(doubled.scales.size());
  return doubled;
}

}  // namespace

std::vector<double> ChannelEvaluator::evaluate(const ops::AnyOp& op, const std::vector<Value>& inputs,
                                               const Value& output) const {
  if (!evaluator_) return {};
  ir::Graph alone;
  alone.requantization = graph_.requantization;
  std::vector<ir::ValueId> operands;
  for (const Value& input : inputs) {
    operands.push_back(alone.add_constant(input.name, input.type, *input.data, input.quantization));
  }
  const Result<ir::ValueId> result = alone.append("result", op, operands, output.quantization);
  if (!result.ok() || alone.value(*result).type.dtype != output.type.dtype) return {};
  alone.add_output(*result);
  const Result<std::vector<ir::TensorData>> data = evaluator_->evaluate(alone);
  if (!data.ok()) return {};
  std::vector<double> elements(static_cast<size_t>(alone.value(*result).type.shape.elements()));
  const size_t bytes = dtype_bytes(output.type.dtype);
  for (size_t i = 0; i < elements.size(); ++i) {
    elements[i] = load_element(output.type.dtype, data->front().bytes().data() + i * bytes);
  }
  return elements;
}

// The sums come as biases of a layer of one input without weights.
void ChannelEvaluator::rescaled_sums(const Node& layer, std::span<const ChannelRange> sums,
                                     std::vector<ChannelRange>& outputs) const {
  const Value& input = graph_.value(layer.inputs[0]);
  const Value& weights = graph_.value(layer.inputs[1]);
  const Value& output = graph_.value(layer.outputs[0]);
  const size_t rows = sums.size();
  std::vector<double> biases(2 * rows, 0);
  std::vector<bool> known(rows);
  for (size_t row = 0; row < rows; ++row) {
    const size_t scale = weights.quantization.scales.size() == 1 ? 0 : row;
    const double factor = static_cast<double>(input.quantization.scale()) *
                          static_cast<double>(weights.quantization.scales[scale]) /
                          static_cast<double>(output.quantization.scale());
    known[row] = is_rescalable(sums[row], factor);
    if (!known[row]) continue;
    biases[row] = sums[row].low;
    biases[rows + row] = sums[row].high;
  }
  const auto count = static_cast<int64_t>(2 * rows);
  const std::vector<double> zeros(2 * rows, 0);
  const double zero_point[] = {static_cast<double>(input.quantization.zero_point())};
  const auto* conv = layer.op.get_if<ops::Conv2d>();
  const Shape pixel = conv ? Shape::of(1, 1, 1, 1) : Shape::of(1, 1);
  const Shape filters = conv ? Shape::of(count, 1, 1, 1) : Shape::of(count, 1);
  const ops::AnyOp op =
      conv ? ops::AnyOp(ops::Conv2d{.activation = conv->activation})
           : ops::AnyOp(ops::FullyConnected{.activation = layer.op.get<ops::FullyConnected>().activation});
  const std::vector<double> ends = evaluate(op,
                                            {constant_of(input.type.dtype, pixel, zero_point, input.quantization),
                                             constant_of(DType::kI8, filters, zeros, twice(weights.quantization)),
                                             constant_of(DType::kI32, Shape::of(count), biases)},
                                            output);
  for (size_t row = 0; row < rows && !ends.empty(); ++row) {
    if (known[row]) outputs[row] = {ends[row], ends[rows + row]};
  }
}

void ChannelEvaluator::mapped_integers(const Node& unary, std::span<const ChannelRange> inputs,
                                       std::vector<ChannelRange>& outputs) const {
  const Value& input = graph_.value(unary.inputs[0]);
  const Value& output = graph_.value(unary.outputs[0]);
  if (!is_narrow(input.type.dtype) || input.quantization.per_axis() || output.quantization.per_axis()) return;
  const int32_t least = dtype_min(input.type.dtype);
  std::vector<double> all;
  for (int32_t integer = least; integer <= dtype_max(input.type.dtype); ++integer) all.push_back(integer);
  const std::vector<double> mapped =
      evaluate(unary.op, {constant_of(input.type.dtype, Shape::of(all.size()), all, input.quantization)}, output);
  for (size_t c = 0; c < outputs.size() && !mapped.empty(); ++c) {
    const auto first = mapped.begin() + (static_cast<int64_t>(inputs[c].low) - least);
    const auto last = mapped.begin() + (static_cast<int64_t>(inputs[c].high) - least) + 1;
    const auto [low, high] = std::minmax_element(first, last);
    outputs[c] = {*low, *high};
  }
}

void ChannelEvaluator::constant_channels(const Node& node, const NodeChannels& channels,
                                         const std::vector<const std::vector<ChannelRange>*>& inputs,
                                         std::vector<ChannelRange>& outputs) const {
  // By output channel: the value of the channel that each input contributes.
  std::vector<std::vector<double>> values(outputs.size(), std::vector<double>(inputs.size()));
  std::vector<size_t> ties(outputs.size(), 0);
  std::vector<bool> constant(outputs.size(), true);
  std::vector<bool> has_ties(inputs.size());
  for (const ChannelTie& tie : channels.ties) {
    const ChannelRange& range = (*inputs[tie.input])[static_cast<size_t>(tie.from)];
    const auto to = static_cast<size_t>(tie.to);
    constant[to] = constant[to] && range.is_constant() && std::isfinite(range.low);
    values[to][tie.input] = range.low;
    has_ties[tie.input] = true;
    ++ties[to];
  }
  std::vector<size_t> chosen;
  for (size_t c = 0; c < outputs.size(); ++c) {
    if (constant[c] && ties[c] > 0) chosen.push_back(c);
  }
  if (chosen.empty()) return;

  std::vector<Value> operands;
  for (size_t i = 0; i < inputs.size(); ++i) {
    const Value& input = graph_.value(node.inputs[i]);
    if (input.quantization.per_axis()) return;
    if (!has_ties[i]) {
      if (!input.is_constant()) return;
      operands.push_back(input);
      continue;
    }
    Shape shape = input.type.shape;
    shape[shape.rank() - 1] = static_cast<int64_t>(chosen.size());
    std::vector<double> elements(static_cast<size_t>(shape.elements()));
    for (size_t e = 0; e < elements.size(); ++e) elements[e] = values[chosen[e % chosen.size()]][i];
    operands.push_back(constant_of(input.type.dtype, shape, elements, input.quantization));
  }
  const std::vector<double> computed = evaluate(node.op, operands, graph_.value(node.outputs[0]));
  for (size_t i = 0; i < chosen.size() && !computed.empty(); ++i) {
    bool same = true;
    for (size_t e = i; e < computed.size(); e += chosen.size()) same = same && computed[e] == computed[i];
    if (same && std::isfinite(computed[i])) outputs[chosen[i]] = {computed[i], computed[i]};
  }
}

}  // namespace tmc::opt
