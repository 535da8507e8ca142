// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Quantisation parameters of a tensor and the conversion of real multipliers to fixed point.
//
// real = scale * (q - zero_point). Per tensor: one scale, axis -1. Per axis: scales[i] and zero_points[i] belong to
// index i along `axis`. No scales: the tensor is not quantised.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "tmc/base/fixed_point.hpp"

namespace tmc {

struct Quantization {
  std::vector<float> scales;
  std::vector<int32_t> zero_points;
  int axis = -1;

  bool empty() const { return scales.empty(); }
  bool per_axis() const { return axis >= 0; }
  // Per-tensor parameters, or those of channel `index`.
  float scale(size_t index = 0) const { return scales[per_axis() ? index : 0]; }
  int32_t zero_point(size_t index = 0) const { return zero_points[per_axis() ? index : 0]; }

  static Quantization per_tensor(float scale, int32_t zero_point) { return {{scale}, {zero_point}, -1}; }
  friend bool operator==(const Quantization&, const Quantization&) = default;
};

// The Q31 form of a non-negative real multiplier, rounded as TFLite's QuantizeMultiplier does. Below 2^-31: zero. From
// 2^31 on: saturates.
FixedMultiplier quantize_multiplier(double real);

// The same with no shift to the right, so that requantising rounds once, where 18 bits of multiplier are left: from
// 2^-13 on. Smaller reals get a shift: its rounding moves a result by 2^-14 at most.
FixedMultiplier quantize_multiplier_for_one_rounding(double real);

}  // namespace tmc
