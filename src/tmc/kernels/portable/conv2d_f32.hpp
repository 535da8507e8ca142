// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits.

#include "tmc/base/math.hpp"
#include "tmc/kernels/contract/conv2d_f32.hpp"
#include "tmc/kernels/portable/detail/float_weights.hpp"

namespace tmc::kernels::portable {

// The reference for bits: one output at a time, tap by tap, with padding skipped.
struct Conv2dF32 : ImplementationOf<kernels::Conv2dF32> {
  static constexpr double instructions(const Params& p) {
    const double outputs = 1.0 * p.batch * p.output_h * p.output_w * p.output_c;
    const double product = p.half_weights ? 20 : 5;
    return outputs * (30 + p.kernel_h * p.kernel_w * (12 + product * p.input_c / p.groups));
  }

  static void run(Params p, Buffers b) {
    with_weights(b.weights, p.half_weights, [&](auto weights) { run_with(p, b, weights); });
  }

 private:
  template <typename Weights>
  static void run_with(const Params& p, const Buffers& b, Weights weights) {
    float* output = b.output;
    for (int32_t image = 0; image < p.batch; ++image) {
      for (int32_t y = 0; y < p.output_h; ++y) {
        for (int32_t x = 0; x < p.output_w; ++x) {
          for (int32_t o = 0; o < p.output_c; ++o) {
            const float sum = b.bias[o];
            *output++ =
                clamp_f32(add_window(p, b.input, weights, {image, y, x, o}, sum), p.activation_min, p.activation_max);
          }
        }
      }
    }
  }

  struct Index {
    int32_t image, y, x, channel;
  };

  template <typename Weights>
  static float add_window(const Params& p, const float* input, Weights weights, const Index& at, float sum) {
    const int32_t depth = p.input_c / p.groups;
    const int32_t first_channel = at.channel / (p.output_c / p.groups) * depth;
    for (int32_t ky = 0; ky < p.kernel_h; ++ky) {
      const int32_t row = at.y * p.stride_h - p.pad_top + ky * p.dilation_h;
      if (row < 0 || row >= p.input_h) continue;
      for (int32_t kx = 0; kx < p.kernel_w; ++kx) {
        const int32_t column = at.x * p.stride_w - p.pad_left + kx * p.dilation_w;
        if (column < 0 || column >= p.input_w) continue;
        const float* pixel = input + ((at.image * p.input_h + row) * p.input_w + column) * p.input_c + first_channel;
        const int32_t tap = ((at.channel * p.kernel_h + ky) * p.kernel_w + kx) * depth;
        for (int32_t c = 0; c < depth; ++c) sum += pixel[c] * weights[tap + c];
      }
    }
    return sum;
  }
};

// The reference for bits: the convolution with as many groups as input channels.
struct DepthwiseConv2dF32 : Conv2dF32 {
  using Contract = kernels::DepthwiseConv2dF32;

  static constexpr bool applies(const Params& p) { return p.groups == p.input_c; }
};

}  // namespace tmc::kernels::portable
