// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one output at a time, tap by tap, with padding skipped, a group of weights after another.

#include "tmc/base/math.hpp"
#include "tmc/kernels/contract/conv2d_hybrid_s4.hpp"
#include "tmc/kernels/contract/detail/forward_slack.hpp"

namespace tmc::kernels::portable {

struct Conv2dHybridS4 : ImplementationOf<kernels::Conv2dHybridS4> {
  // Outputs of a single item are written pixel by pixel behind what is still read; its header is read first.
  static constexpr Overlap overlap(const Params& p, int) {
    if (p.batch != 1) return kNoOverlap;
    Overlap overlap = forward_overlap(p, 1, {1, sizeof(float)}, TileReads::kThroughout);
    overlap.slack_bytes += static_cast<int32_t>(dynamic_header_bytes(p.batch));
    return overlap;
  }
  static constexpr double instructions(const Params& p) {
    const double outputs = 1.0 * p.batch * p.output_h * p.output_w * p.output_c;
    return outputs * (30 + p.kernel_h * p.kernel_w * (20 + 12.0 * p.input_c));
  }

  static void run(Params p, Buffers b) {
    const auto* headers = static_cast<const DynamicQuantization*>(b.input);
    const int8_t* input = static_cast<const int8_t*>(b.input) + dynamic_header_bytes(p.batch);
    float* output = b.output;
    for (int32_t item = 0; item < p.batch; ++item) {
      const DynamicQuantization quantization = headers[item];
      for (int32_t y = 0; y < p.output_h; ++y) {
        for (int32_t x = 0; x < p.output_w; ++x) {
          for (int32_t o = 0; o < p.output_c; ++o) {
            const auto sum = static_cast<int32_t>(dot(p, b, input, quantization.zero_point, {y, x, o}));
            const float scaled = rounded_f32(static_cast<float>(sum) * b.weight_scale[o] * quantization.scale);
            *output++ = clamp_f32(scaled + b.bias[o], p.activation_min, p.activation_max);
          }
        }
      }
      input += p.input_h * p.input_w * p.input_c;
    }
  }

  // Integers of all channels, the first of two in the lower bits of a byte; then a byte for each group: its multiplier
  // in the lower bits, its zero point in the upper ones.
  static constexpr int32_t integer_bytes(const Params& p) { return (p.output_c * Contract::inputs(p) + 1) / 2; }

 private:
  struct Index {
    int32_t y, x, channel;
  };

  // The sum over the window of one output, modulo 2^32.
  static uint32_t dot(const Params& p, const Buffers& b, const int8_t* image, int32_t zero_point, const Index& at) {
    uint32_t sum = 0;
    for (int32_t ky = 0; ky < p.kernel_h; ++ky) {
      const int32_t row = at.y * p.stride_h - p.pad_top + ky * p.dilation_h;
      if (row < 0 || row >= p.input_h) continue;
      for (int32_t kx = 0; kx < p.kernel_w; ++kx) {
        const int32_t column = at.x * p.stride_w - p.pad_left + kx * p.dilation_w;
        if (column < 0 || column >= p.input_w) continue;
        const int8_t* pixel = image + (row * p.input_w + column) * p.input_c;
        sum += tap(p, b, pixel, zero_point, at.channel, (ky * p.kernel_w + kx) * p.input_c);
      }
    }
    return sum;
  }

  // The part of one tap, whose channels begin at the input `first` of the window.
  static uint32_t tap(const Params& p, const Buffers& b, const int8_t* pixel, int32_t zero_point, int32_t o,
                      int32_t first) {
    const auto* integers = static_cast<const uint8_t*>(b.weights);
    const uint8_t* groups = integers + integer_bytes(p) + o * Contract::groups(p);
    uint32_t sum = 0;
    for (int32_t i = first; i < first + p.input_c;) {
      const int32_t group = i / p.group_inputs;
      const int32_t group_end = (group + 1) * p.group_inputs;
      const int32_t end = group_end < first + p.input_c ? group_end : first + p.input_c;
      const int32_t multiplier = groups[group] & 15, less = groups[group] >> 4;
      int32_t part = 0;
      for (; i < end; ++i) part += (*pixel++ - zero_point) * (integer(integers, o * Contract::inputs(p) + i) - less);
      sum += static_cast<uint32_t>(part) * static_cast<uint32_t>(multiplier);
    }
    return sum;
  }

  static constexpr int32_t integer(const uint8_t* bytes, int32_t index) {
    return bytes[index / 2] >> (index % 2 * 4) & 15;
  }
};

}  // namespace tmc::kernels::portable
