// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one output at a time, tap by tap, with padding skipped, a group of weights after another.

#include "tmc/kernels/common/channel.hpp"
#include "tmc/kernels/contract/conv2d_s4.hpp"
#include "tmc/kernels/contract/detail/forward_slack.hpp"

namespace tmc::kernels::portable {

struct Conv2dS4 : ImplementationOf<kernels::Conv2dS4> {
  static constexpr Overlap overlap(const Params& p, int) {
    return forward_overlap(p, 1, {1, 1}, TileReads::kThroughout);
  }
  static constexpr double instructions(const Params& p) {
    const double outputs = 1.0 * p.batch * p.output_h * p.output_w * p.output_c;
    return outputs * (30 + p.kernel_h * p.kernel_w * (20 + 11.0 * p.input_c));
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

  // Integers of all channels, then multipliers of all, less one: the first of two in the lower bits of a byte.
  static constexpr int32_t integer_bytes(const Params& p) { return (p.output_c * Contract::inputs(p) + 1) / 2; }

 private:
  // The sum over the window of one output, modulo 2^32.
  static uint32_t dot(const Params& p, const Buffers& b, int32_t image, int32_t y, int32_t x, int32_t o) {
    uint32_t sum = 0;
    for (int32_t ky = 0; ky < p.kernel_h; ++ky) {
      const int32_t row = y * p.stride_h - p.pad_top + ky * p.dilation_h;
      if (row < 0 || row >= p.input_h) continue;
      for (int32_t kx = 0; kx < p.kernel_w; ++kx) {
        const int32_t column = x * p.stride_w - p.pad_left + kx * p.dilation_w;
        if (column < 0 || column >= p.input_w) continue;
        const int8_t* pixel = b.input + ((image * p.input_h + row) * p.input_w + column) * p.input_c;
        sum += tap(p, b, pixel, o, (ky * p.kernel_w + kx) * p.input_c);
      }
    }
    return sum;
  }

  // The part of one tap, whose channels begin at the input `first` of the window.
  static uint32_t tap(const Params& p, const Buffers& b, const int8_t* pixel, int32_t o, int32_t first) {
    const auto* integers = static_cast<const uint8_t*>(b.weights);
    const uint8_t* multipliers = integers + integer_bytes(p);
    uint32_t sum = 0;
    for (int32_t i = first; i < first + p.input_c;) {
      const int32_t group = i / p.group_inputs;
      const int32_t group_end = (group + 1) * p.group_inputs;
      const int32_t end = group_end < first + p.input_c ? group_end : first + p.input_c;
      int32_t part = 0;
      for (; i < end; ++i) {
        part += (*pixel++ - p.input_zero_point) * ((nibble(integers, o * Contract::inputs(p) + i) ^ 8) - 8);
      }
      sum += static_cast<uint32_t>(part * (nibble(multipliers, o * Contract::groups(p) + group) + 1));
    }
    return sum;
  }

  static constexpr int32_t nibble(const uint8_t* bytes, int32_t index) {
    return bytes[index / 2] >> (index % 2 * 4) & 15;
  }
};

}  // namespace tmc::kernels::portable
