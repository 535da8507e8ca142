// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// As for DepthwiseConv2dF32, where zeros may be added to the sums.

#include <cmath>

#include "tmc/kernels/armv7em/depthwise_conv2d_f32_lines.hpp"
#include "tmc/kernels/armv7em/pack/depthwise_conv2d_f32.hpp"

namespace tmc::kernels {

inline Blobs pack(Tag<armv7em::DepthwiseConv2dF32Lines>, const DepthwiseConv2dF32::Params& p,
                  std::span<const ConstantView> constants) {
  Blobs blobs = pack(Tag<armv7em::DepthwiseConv2dF32>{}, p, constants);
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

}  // namespace tmc::kernels
