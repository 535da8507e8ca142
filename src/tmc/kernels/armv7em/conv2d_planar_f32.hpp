// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The implementation of conv2d_f32 with windows fetched from planes.

#include "tmc/kernels/armv7em/conv2d_f32.hpp"
#include "tmc/kernels/contract/conv2d_f32.hpp"

namespace tmc::kernels::armv7em {

struct Conv2dPlanarF32 : ImplementationOf<kernels::Conv2dPlanarF32> {
  static constexpr bool applies(const Params& p) { return p.groups == 1; }
  static constexpr int64_t scratch_bytes(const Params& p) { return Conv2dF32::scratch_bytes(p); }
  static constexpr double instructions(const Params& p) {
    const double pixels = 1.0 * p.batch * p.output_h * p.output_w;
    return Conv2dF32::instructions(p) + pixels * p.kernel_h * p.kernel_w * (6 + 3.0 * p.input_c);
  }

  static void run(Params p, Buffers b) {
    Conv2dF32::run_windows(
        p, b, [](const Params& params, const Conv2dF32::Pixel& at, float* to) { copy_window(params, at, to); });
  }

 private:
  static void copy_window(const Params& p, const Conv2dF32::Pixel& at, float* to) {
    for (int32_t ky = 0; ky < p.kernel_h; ++ky) {
      const int32_t y = at.top + ky * p.dilation_h;
      for (int32_t kx = 0; kx < p.kernel_w; ++kx, to += p.input_c) {
        const int32_t x = at.left + kx * p.dilation_w;
        if (y < 0 || y >= p.input_h || x < 0 || x >= p.input_w) {
          zero_floats(to, p.input_c);
        } else {
          const float* from = at.image + y * p.input_w + x;
          for (int32_t c = 0; c < p.input_c; ++c, from += p.input_h * p.input_w) to[c] = *from;
        }
      }
    }
  }
};

}  // namespace tmc::kernels::armv7em
