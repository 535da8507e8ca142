// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one output at a time, tap by tap, with padding skipped.

#include "tmc/kernels/contract/conv2d_s8.hpp"
#include "tmc/kernels/portable/detail/channel.hpp"

namespace tmc::kernels::portable {

struct Conv2dS8 {
  using Contract = kernels::Conv2dS8;
  using Params = Contract::Params;
  using Buffers = Contract::Buffers;

  static constexpr bool applies(const Params&) { return true; }
  static constexpr int64_t scratch_bytes(const Params&) { return 0; }
  static constexpr Overlap overlap(const Params&, int) { return kNoOverlap; }
  static constexpr double instructions(const Params& p) {
    const double outputs = 1.0 * p.batch * p.output_h * p.output_w * p.output_c;
    return outputs * (30 + p.kernel_h * p.kernel_w * (10 + 8.0 * p.input_c / p.groups));
  }

  static void run(Params p, Buffers b) {
    const auto* channels = static_cast<const Channel*>(b.channels);
    int8_t* output = b.output;
    for (int32_t image = 0; image < p.batch; ++image) {
      for (int32_t y = 0; y < p.output_h; ++y) {
        for (int32_t x = 0; x < p.output_w; ++x) {
          for (int32_t o = 0; o < p.output_c; ++o) {
            const auto sum = static_cast<int32_t>(static_cast<uint32_t>(channels[o].bias) + dot(p, b, image, y, x, o));
            *output++ = requantize(sum, channels[o], p.output_zero_point, p.activation_min, p.activation_max);
          }
        }
      }
    }
  }

 private:
  // The sum over the window of one output, modulo 2^32.
  static uint32_t dot(const Params& p, const Buffers& b, int32_t image, int32_t y, int32_t x, int32_t o) {
    const int32_t depth = p.input_c / p.groups;
    const int32_t first_channel = o / (p.output_c / p.groups) * depth;
    const int8_t* weights = static_cast<const int8_t*>(b.weights) + o * p.kernel_h * p.kernel_w * depth;
    uint32_t sum = 0;
    for (int32_t ky = 0; ky < p.kernel_h; ++ky) {
      const int32_t row = y * p.stride_h - p.pad_top + ky * p.dilation_h;
      if (row < 0 || row >= p.input_h) continue;
      for (int32_t kx = 0; kx < p.kernel_w; ++kx) {
        const int32_t column = x * p.stride_w - p.pad_left + kx * p.dilation_w;
        if (column < 0 || column >= p.input_w) continue;
        const int8_t* pixel = b.input + ((image * p.input_h + row) * p.input_w + column) * p.input_c + first_channel;
        const int8_t* tap = weights + (ky * p.kernel_w + kx) * depth;
        int32_t part = 0;
        for (int32_t c = 0; c < depth; ++c) part += (pixel[c] - p.input_zero_point) * tap[c];
        sum += static_cast<uint32_t>(part);
      }
    }
    return sum;
  }
};

}  // namespace tmc::kernels::portable
