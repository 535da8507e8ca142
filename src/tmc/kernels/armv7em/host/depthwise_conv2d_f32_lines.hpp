// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of armv7em/depthwise_conv2d_f32_lines.hpp.

#include <cmath>

#include "tmc/kernels/armv7em/depthwise_conv2d_f32_lines.hpp"
#include "tmc/kernels/armv7em/host/depthwise_conv2d_f32.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::armv7em {

// As for DepthwiseConv2dF32, where zeros may be added to the sums.
inline Blobs pack(Of<DepthwiseConv2dF32Lines>, const DepthwiseConv2dF32::Params& p, Constants constants) {
  Blobs blobs = pack(Of<DepthwiseConv2dF32>{}, p, constants);
  const auto values_of = [&](size_t constant) {
    return ConstantView{DType::kF32, (*blobs)[constant].bytes}.to_vector<float>();
  };
  for (const float weight : values_of(0)) {
    if (!std::isfinite(weight)) return std::nullopt;
  }
  for (const float bias : values_of(1)) {
    if (bias == 0 && std::signbit(bias)) return std::nullopt;
  }
  return blobs;
}

// What its work is linear in: blocks of four channels, their rows, the pixels of these, tiles of four and single ones,
// and those that are limited.
inline CostFeatures cost_features(Of<DepthwiseConv2dF32Lines>, const DepthwiseConv2dF32Lines::Params& p) {
  using Implementation = DepthwiseConv2dF32Lines;
  const FloatRange range = FloatRange::of(p.activation_min, p.activation_max);
  const double bounds = (range.bounds & 1) + (range.bounds >> 1);
  const double blocks = p.input_c / 4;
  const double rows = blocks * p.output_h;
  return {blocks,
          rows,
          rows * p.input_w,
          rows * Implementation::tiles(p),
          rows * Implementation::tiles(p) * bounds,
          rows * Implementation::pixels(p),
          rows * Implementation::pixels(p) * bounds};
}

}  // namespace tmc::kernels::armv7em
