// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/integer_weights.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tmc::quant {

using ir::Graph;
using ir::TensorData;
using ir::ValueId;

namespace {

constexpr const char* kSymmetric =
    "quantise weights to int8 with zero point 0, per tensor or per output channel (onnxruntime: weight_type=QInt8)";

// Reals of a constant bias; its integers may be of any width.
template <typename T>
std::vector<double> reals(const ir::Value& bias) {
  const std::vector<T> elements = bias.data->to_vector<T>();
  std::vector<double> result(elements.begin(), elements.end());
  for (size_t i = 0; i < result.size() && !bias.quantization.empty(); ++i) {
    result[i] = static_cast<double>(bias.quantization.scale(i)) * (result[i] - bias.quantization.zero_point(i));
  }
  return result;
}

Result<std::vector<double>> reals(const ir::Value& bias) {
  switch (bias.type.dtype) {
    case DType::kF32:
      return reals<float>(bias);
    case DType::kI8:
      return reals<int8_t>(bias);
    case DType::kI16:
      return reals<int16_t>(bias);
    case DType::kI32:
      return reals<int32_t>(bias);
    default:
      return error(Error::kUnsupportedType, "bias '{}' has dtype {}", bias.name, dtype_name(bias.type.dtype));
  }
}

}  // namespace

Result<ValueId> symmetric_weights(Graph& graph, ValueId id) {
  const ir::Value weights = graph.value(id);
  Quantization quantization = weights.quantization;
  if (quantization.per_axis() && quantization.axis != 0) {
    return error(Error::kUnsupportedType, "weights '{}' are quantised along axis {}", weights.name, quantization.axis)
        .with_hint(kSymmetric);
  }
  if (std::ranges::all_of(quantization.zero_points, [](int32_t zero_point) { return zero_point == 0; })) return id;
  std::vector<int8_t> elements = weights.data->to_vector<int8_t>();
  const size_t per_channel = elements.size() / static_cast<size_t>(weights.type.shape[0]);
  for (size_t i = 0; i < elements.size(); ++i) {
    const int32_t shifted = elements[i] - quantization.zero_point(i / per_channel);
    if (shifted < dtype_min(DType::kI8) || shifted > dtype_max(DType::kI8)) return id;
    elements[i] = static_cast<int8_t>(shifted);
  }
  std::ranges::fill(quantization.zero_points, 0);
  return graph.add_constant(weights.name, weights.type, TensorData::of<int8_t>(elements), std::move(quantization));
}

Result<ValueId> accumulator_bias(Graph& graph, ValueId id, float input_scale, const Quantization& weights) {
  const ir::Value bias = graph.value(id);
  Quantization quantization{{}, std::vector<int32_t>(weights.scales.size()), weights.axis};
  for (const float scale : weights.scales) quantization.scales.push_back(input_scale * scale);
  const ir::TensorType type{DType::kI32, Shape::of(bias.type.shape.elements())};
  // The same float scales: these integers are meant, even where they are too large for the way over reals.
  if (bias.type == type && bias.quantization == quantization) return id;
  TMC_ASSIGN(const std::vector<double> real, reals(bias));
  std::vector<int32_t> integers(real.size());
  for (size_t i = 0; i < real.size(); ++i) {
    const double scale = static_cast<double>(input_scale) * static_cast<double>(weights.scale(i));
    const double rounded = std::round(real[i] / scale);
    if (!(std::abs(rounded) <= std::numeric_limits<int32_t>::max())) {
      return error(Error::kUnsupportedType, "bias '{}' of channel {} is {}, which at scale {} leaves 32 bits",
                   bias.name, i, real[i], scale)
          .with_hint("check the scales of the layer's input and weights; they are too small for its bias");
    }
    integers[i] = static_cast<int32_t>(rounded);
  }
  return graph.add_constant(bias.name, type, TensorData::of<int32_t>(integers), std::move(quantization));
}

}  // namespace tmc::quant
