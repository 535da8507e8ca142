// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/measure/session.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "tmc/base/host/element.hpp"

namespace tmc::quant {
namespace {

bool is_quantized(const TensorInfo& tensor) {
  return !dtype_is_float(tensor.type.dtype) && !tensor.quantization.empty() && !tensor.quantization.per_axis();
}

}  // namespace

std::vector<float> reals(const TensorInfo& tensor, std::span<const std::byte> bytes) {
  std::vector<float> values(static_cast<size_t>(tensor.type.shape.elements()));
  if (tensor.type.dtype == DType::kF32) {
    std::memcpy(values.data(), bytes.data(), bytes.size());
    return values;
  }
  if (!is_quantized(tensor)) return {};
  const size_t element_bytes = dtype_bytes(tensor.type.dtype);
  const float scale = tensor.quantization.scale();
  const int32_t zero_point = tensor.quantization.zero_point();
  for (size_t i = 0; i < values.size(); ++i) {
    const double integer = load_element(tensor.type.dtype, bytes.data() + i * element_bytes);
    values[i] = static_cast<float>(integer - zero_point) * scale;
  }
  return values;
}

void store_reals(const TensorInfo& tensor, std::span<const float> reals, std::span<std::byte> bytes) {
  if (tensor.type.dtype == DType::kF32) {
    std::memcpy(bytes.data(), reals.data(), bytes.size());
    return;
  }
  if (!is_quantized(tensor)) return;
  const size_t element_bytes = dtype_bytes(tensor.type.dtype);
  const auto scale = static_cast<double>(tensor.quantization.scale());
  const double low = dtype_min(tensor.type.dtype);
  const double high = dtype_max(tensor.type.dtype);
  for (size_t i = 0; i < reals.size(); ++i) {
    const double integer = std::nearbyint(reals[i] / scale) + tensor.quantization.zero_point();
    store_element(tensor.type.dtype, std::clamp(integer, low, high), bytes.data() + i * element_bytes);
  }
}

}  // namespace tmc::quant
