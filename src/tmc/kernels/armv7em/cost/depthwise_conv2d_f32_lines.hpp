// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: blocks of four channels, their rows, the pixels of these, tiles of four and single ones,
// and those that are limited.
#include "tmc/kernels/armv7em/depthwise_conv2d_f32_lines.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<armv7em::DepthwiseConv2dF32Lines>, const armv7em::DepthwiseConv2dF32Lines::Params& p) {
  using Body = armv7em::DepthwiseConv2dF32Lines;
  const armv7em::FloatRange range = armv7em::FloatRange::of(p.activation_min, p.activation_max);
  const double bounds = (range.bounds & 1) + (range.bounds >> 1);
  const double blocks = p.input_c / 4;
  const double rows = blocks * p.output_h;
  return {blocks,
          rows,
          rows * p.input_w,
          rows * Body::tiles(p),
          rows * Body::tiles(p) * bounds,
          rows * Body::pixels(p),
          rows * Body::pixels(p) * bounds};
}

}  // namespace tmc::kernels
