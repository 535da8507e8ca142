// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Weights as [blocks of four channels][taps][4], in float.

#include "tmc/base/float16.hpp"
#include "tmc/kernels/armv7em/depthwise_conv2d_f32.hpp"
#include "tmc/kernels/armv7em/pack/float_blocks.hpp"

namespace tmc::kernels {

inline Blobs pack(Tag<armv7em::DepthwiseConv2dF32>, const DepthwiseConv2dF32::Params& p,
                  std::span<const ConstantView> constants) {
  std::vector<float> weights;
  if (constants[0].dtype == DType::kF16) {
    for (const uint16_t half : constants[0].to_vector<uint16_t>()) weights.push_back(widen_f16(half));
  } else {
    weights = constants[0].to_vector<float>();
  }
  const auto taps = static_cast<size_t>(p.kernel_h * p.kernel_w);
  std::vector<float> packed(weights.size());
  for (size_t i = 0; i < weights.size(); ++i) {
    const size_t channel = i / taps;
    packed[(channel / 4 * taps + i % taps) * 4 + channel % 4] = weights[i];
  }
  return {{make_blob(DType::kF32, packed), make_blob(DType::kF32, constants[1].to_vector<float>())}};
}

}  // namespace tmc::kernels
