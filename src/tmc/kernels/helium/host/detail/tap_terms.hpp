// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Terms of detail/taps.hpp: pixels, the taps that are moved on, and the rows and taps that are looked for.

#include "tmc/kernels/contract/conv2d.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::helium {

inline CostFeatures tap_terms(const DepthwiseConv2dS8::Params& p) {
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
  return {pixels, moved * taps, found * p.kernel_h, found * taps};
}

}  // namespace tmc::kernels::helium
