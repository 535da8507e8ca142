// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one output at a time, tap by tap, with padding skipped.

#include "tmc/base/math.hpp"
#include "tmc/kernels/contract/conv2d_hybrid.hpp"
#include "tmc/kernels/contract/detail/forward_slack.hpp"

namespace tmc::kernels::portable {

struct Conv2dHybrid : ImplementationOf<kernels::Conv2dHybrid> {
  // Outputs of a single item are written pixel by pixel behind what is still read; its header is read first.
  static constexpr Overlap overlap(const Params& p, int) {
    if (p.batch != 1) return kNoOverlap;
    Overlap overlap = forward_overlap(p, 1, {1, sizeof(float)}, TileReads::kThroughout);
    overlap.slack_bytes += static_cast<int32_t>(dynamic_header_bytes(p.batch));
    return overlap;
  }
  static constexpr double instructions(const Params& p) {
    const double outputs = 1.0 * p.batch * p.output_h * p.output_w * p.output_c;
    return outputs * (30 + p.kernel_h * p.kernel_w * (10 + 8.0 * p.input_c / p.groups));
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
            const int32_t sum =
                dot(p, input, static_cast<const int8_t*>(b.weights), quantization.zero_point, {y, x, o});
            const float scaled = rounded_f32(static_cast<float>(sum) * b.weight_scale[o] * quantization.scale);
            *output++ = clamp_f32(scaled + b.bias[o], p.activation_min, p.activation_max);
          }
        }
      }
      input += p.input_h * p.input_w * p.input_c;
    }
  }

 private:
  struct Index {
    int32_t y, x, channel;
  };

  static int32_t dot(const Params& p, const int8_t* image, const int8_t* weights, int32_t zero_point, const Index& at) {
    const int32_t depth = p.input_c / p.groups;
    const int32_t first_channel = at.channel / (p.output_c / p.groups) * depth;
    uint32_t sum = 0;
    for (int32_t ky = 0; ky < p.kernel_h; ++ky) {
      const int32_t row = at.y * p.stride_h - p.pad_top + ky * p.dilation_h;
      if (row < 0 || row >= p.input_h) continue;
      for (int32_t kx = 0; kx < p.kernel_w; ++kx) {
        const int32_t column = at.x * p.stride_w - p.pad_left + kx * p.dilation_w;
        if (column < 0 || column >= p.input_w) continue;
        const int8_t* pixel = image + (row * p.input_w + column) * p.input_c + first_channel;
        const int8_t* tap = weights + ((at.channel * p.kernel_h + ky) * p.kernel_w + kx) * depth;
        int32_t part = 0;
        for (int32_t c = 0; c < depth; ++c) part += (pixel[c] - zero_point) * tap[c];
        sum += static_cast<uint32_t>(part);
      }
    }
    return static_cast<int32_t>(sum);
  }
};

}  // namespace tmc::kernels::portable
