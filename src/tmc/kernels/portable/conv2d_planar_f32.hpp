// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one output at a time, tap by tap, with padding skipped.

#include "tmc/base/math.hpp"
#include "tmc/kernels/contract/conv2d_f32.hpp"
#include "tmc/kernels/portable/detail/float_weights.hpp"

namespace tmc::kernels::portable {

struct Conv2dPlanarF32 : ImplementationOf<kernels::Conv2dPlanarF32> {
  static constexpr bool applies(const Params& p) { return p.groups == 1; }
  static constexpr double instructions(const Params& p) {
    const double outputs = 1.0 * p.batch * p.output_h * p.output_w * p.output_c;
    const double product = p.half_weights ? 20 : 5;
    return outputs * (30 + p.kernel_h * p.kernel_w * (14 + product * p.input_c));
  }

  static void run(Params p, Buffers b) {
    with_weights(b.weights, p.half_weights, [&](auto weights) { run_with(p, b, weights); });
  }

 private:
  template <typename Weights>
  static void run_with(const Params& p, const Buffers& b, Weights weights) {
    float* output = b.output;
    for (int32_t image = 0; image < p.batch; ++image) {
      const float* planes = b.input + image * p.input_c * p.input_h * p.input_w;
      for (int32_t y = 0; y < p.output_h; ++y) {
        for (int32_t x = 0; x < p.output_w; ++x) {
          for (int32_t o = 0; o < p.output_c; ++o) {
            const float sum = add_window(p, planes, weights, y, x, o, b.bias[o]);
            *output++ = clamp_f32(sum, p.activation_min, p.activation_max);
          }
        }
      }
    }
  }

  template <typename Weights>
  static float add_window(const Params& p, const float* planes, Weights weights, int32_t y, int32_t x, int32_t channel,
                          float sum) {
    const int32_t plane = p.input_h * p.input_w;
    for (int32_t ky = 0; ky < p.kernel_h; ++ky) {
      const int32_t row = y * p.stride_h - p.pad_top + ky * p.dilation_h;
      if (row < 0 || row >= p.input_h) continue;
      for (int32_t kx = 0; kx < p.kernel_w; ++kx) {
        const int32_t column = x * p.stride_w - p.pad_left + kx * p.dilation_w;
        if (column < 0 || column >= p.input_w) continue;
        const float* pixel = planes + row * p.input_w + column;
        const int32_t tap = ((channel * p.kernel_h + ky) * p.kernel_w + kx) * p.input_c;
        for (int32_t c = 0; c < p.input_c; ++c) sum += pixel[c * plane] * weights[tap + c];
      }
    }
    return sum;
  }
};

}  // namespace tmc::kernels::portable
