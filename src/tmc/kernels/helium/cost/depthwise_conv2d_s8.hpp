// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: pixels, the taps that are looked for or moved on, blocks of eight channels and their
// pairs of taps; a last block that is not full.
#include "tmc/kernels/helium/depthwise_conv2d_s8.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<helium::DepthwiseConv2dS8>, const helium::DepthwiseConv2dS8::Params& p) {
  using Body = helium::DepthwiseConv2dS8;
  const auto runs_inside = [](int32_t outputs, int32_t stride, int32_t pad, int32_t window, int32_t input) {
    int32_t inside = 0;
    for (int32_t i = 0; i < outputs; ++i) {
      const int32_t at = i * stride - pad;
      if (at >= 0 && at + window <= input) ++inside;
    }
    return inside;
  };
  const int32_t columns =
      runs_inside(p.output_w, p.stride_w, p.pad_left, (p.kernel_w - 1) * p.dilation_w + 1, p.input_w);
  const int32_t rows = runs_inside(p.output_h, p.stride_h, p.pad_top, (p.kernel_h - 1) * p.dilation_h + 1, p.input_h);
  const double pixels = 1.0 * p.batch * p.output_h * p.output_w;
  const double moved = columns > 1 ? 1.0 * p.batch * rows * (columns - 1) : 0;
  const double found = pixels - moved;
  const double taps = p.kernel_h * p.kernel_w;
  const double blocks = pixels * ((p.input_c + Body::kLanes - 1) / Body::kLanes);
  const bool partial = p.input_c % Body::kLanes != 0;
  return {pixels,
          moved * taps,
          found * p.kernel_h,
          found * taps,
          partial ? 0 : blocks,
          partial ? 0 : blocks * Body::even_taps(p),
          partial ? blocks : 0,
          partial ? blocks * Body::even_taps(p) : 0};
}

}  // namespace tmc::kernels
