// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/select/numerics/affine.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tmc::select {

Status require_dtype(const ir::Value& value, DType dtype) {
  if (value.type.dtype == dtype) return {};
  return error(Error::kUnsupportedType, "'{}' is {}, the kernel takes {}", value.name, dtype_name(value.type.dtype),
               dtype_name(dtype))
      .with_hint(dtype == DType::kI8 ? "quantise the model to int8" : "convert the tensor");
}

Result<Affine> affine_of(const ir::Value& value, DType dtype) {
  TMC_TRY(require_dtype(value, dtype));
  if (value.quantization.empty()) {
    return error(Error::kUnsupportedType, "'{}' is not quantised", value.name)
        .with_hint("give the tensor a scale and a zero point");
  }
  if (value.quantization.scales.size() != 1) {
    return error(Error::kUnsupportedType, "'{}' is quantised per axis", value.name)
        .with_hint("quantise activations per tensor");
  }
  return Affine{value.quantization.scale(), value.quantization.zero_point()};
}

Result<Affine> symmetric_affine_of(const ir::Value& value) {
  TMC_ASSIGN(const Affine affine, affine_of(value, DType::kI16));
  if (affine.zero_point == 0) return affine;
  return error(Error::kUnsupportedType, "'{}' is int16 with zero point {}", value.name, affine.zero_point)
      .with_hint("quantise int16 activations symmetrically, with zero point 0");
}

Result<Affine> activation_affine_of(const ir::Value& value, DType dtype) {
  return dtype == DType::kI16 ? symmetric_affine_of(value) : affine_of(value, dtype);
}

Range quantized_range(double low, double high, const Affine& quantization, DType dtype) {
  const int32_t least = dtype_min(dtype);
  const int32_t most = dtype_max(dtype);
  const auto integer = [&](double real) {
    const float rounded = std::round(static_cast<float>(real) / quantization.scale);
    if (std::isnan(rounded)) return real > 0 ? most : least;
    const double value = static_cast<double>(rounded) + quantization.zero_point;
    return static_cast<int32_t>(std::clamp<double>(value, least, most));
  };
  return {integer(low), integer(high)};
}

Range activation_range(ops::Activation activation, const Affine& quantization, DType dtype) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  switch (activation) {
    case ops::Activation::kNone:
      break;
    case ops::Activation::kRelu:
      return quantized_range(0, kInfinity, quantization, dtype);
    case ops::Activation::kRelu6:
      return quantized_range(0, 6, quantization, dtype);
    case ops::Activation::kReluN1To1:
      return quantized_range(-1, 1, quantization, dtype);
  }
  return {dtype_min(dtype), dtype_max(dtype)};
}

FixedMultiplier fixed_multiplier(double real, ir::Requantization requantization) {
  return requantization == ir::Requantization::kOneRounding ? quantize_multiplier_for_one_rounding(real)
                                                            : quantize_multiplier(real);
}

FixedMultiplier rescale_in_double(const Affine& from, const Affine& to, ir::Requantization requantization) {
  return fixed_multiplier(static_cast<double>(from.scale) / static_cast<double>(to.scale), requantization);
}

FixedMultiplier rescale_in_float(const Affine& from, const Affine& to, ir::Requantization requantization) {
  return fixed_multiplier(static_cast<double>(from.scale / to.scale), requantization);
}

}  // namespace tmc::select
