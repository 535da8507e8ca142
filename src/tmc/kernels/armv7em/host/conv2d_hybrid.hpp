// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of armv7em/conv2d_hybrid.hpp.

#include "tmc/kernels/armv7em/conv2d_hybrid.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::armv7em {

// Weights as [channel pairs][groups of four inputs][2 channels][4], filled up with zeros.
inline Blobs pack(Of<Conv2dHybrid>, const Conv2dHybrid::Params& p, Constants constants) {
  const auto weights = constants[0].to_vector<int8_t>();
  const auto inputs = static_cast<size_t>(Conv2dHybrid::inputs(p));
  const auto groups = static_cast<size_t>(Conv2dHybrid::groups(p));
  std::vector<int8_t> packed((static_cast<size_t>(p.output_c) + 1) / 2 * groups * 8);
  for (size_t i = 0; i < weights.size(); ++i) {
    const size_t channel = i / inputs;
    const size_t input = i % inputs;
    packed[((channel / 2 * groups + input / 4) * 2 + channel % 2) * 4 + input % 4] = weights[i];
  }
  return {{make_blob(DType::kI8, packed), make_blob(DType::kF32, constants[1].to_vector<float>()),
           make_blob(DType::kF32, constants[2].to_vector<float>())}};
}

// What its work is linear in: tiles of three pixels, their channel pairs and groups of inputs, windows that are
// widened, and copied before, with their taps and inputs.
inline CostFeatures cost_features(Of<Conv2dHybrid>, const Conv2dHybrid::Params& p) {
  using Implementation = Conv2dHybrid;
  const double windows = 1.0 * p.batch * p.output_h * p.output_w;
  const double tiles = p.batch * ((p.output_h * p.output_w + Implementation::kPixels - 1) / Implementation::kPixels);
  const double pairs = (p.output_c + 1) / 2;
  const double copied = Implementation::is_pointwise(p) ? 0 : windows;
  return {tiles,
          tiles * pairs,
          tiles * pairs * Implementation::groups(p),
          windows * p.output_c,
          windows,
          windows * Implementation::groups(p),
          copied * p.kernel_h,
          copied * p.kernel_h * p.kernel_w,
          copied * Implementation::inputs(p)};
}

}  // namespace tmc::kernels::armv7em
