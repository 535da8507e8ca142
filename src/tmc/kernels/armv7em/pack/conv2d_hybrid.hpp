// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Weights as [channel pairs][groups of four inputs][2 channels][4], filled up with zeros.

#include "tmc/kernels/armv7em/conv2d_hybrid.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels {

inline Blobs pack(Tag<armv7em::Conv2dHybrid>, const Conv2dHybrid::Params& p, std::span<const ConstantView> constants) {
  const auto weights = constants[0].to_vector<int8_t>();
  const auto inputs = static_cast<size_t>(armv7em::Conv2dHybrid::inputs(p));
  const auto groups = static_cast<size_t>(armv7em::Conv2dHybrid::groups(p));
  std::vector<int8_t> packed((static_cast<size_t>(p.output_c) + 1) / 2 * groups * 8);
  for (size_t i = 0; i < weights.size(); ++i) {
    const size_t channel = i / inputs;
    const size_t input = i % inputs;
    packed[((channel / 2 * groups + input / 4) * 2 + channel % 2) * 4 + input % 4] = weights[i];
  }
  return {{make_blob(DType::kI8, packed), make_blob(DType::kF32, constants[1].to_vector<float>()),
           make_blob(DType::kF32, constants[2].to_vector<float>())}};
}

}  // namespace tmc::kernels
