// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Hybrid convolutions (contract/conv2d_hybrid.hpp), however their weights are stored: one output at a time, tap by tap,
// with padding skipped.

#include "tmc/base/math.hpp"
#include "tmc/kernels/contract/conv2d_hybrid.hpp"
#include "tmc/kernels/contract/detail/forward_slack.hpp"

namespace tmc::kernels::portable {

// What `Implementation` says is the sum of the products of a tap, modulo 2^32, in a class of this form:
//
//   struct Taps {
//     Taps(const Params&, const Buffers&, int32_t zero_point, int32_t channel);  // of an output channel
//     uint32_t sum(const int8_t* pixel, int32_t tap) const;  // the pixel's channels, the tap's place in the kernel
//   };
template <typename Implementation, typename AnyContract>
struct HybridOutputs : ImplementationOf<AnyContract> {
  using Params = typename AnyContract::Params;
  using Buffers = typename AnyContract::Buffers;

  // Outputs of a single item are written pixel by pixel behind what is still read; its header is read first.
  static constexpr Overlap overlap(const Params& p, int) {
    if (p.batch != 1) return kNoOverlap;
    Overlap overlap = forward_overlap(p, 1, {1, sizeof(float)}, TileReads::kThroughout);
    overlap.slack_bytes += static_cast<int32_t>(dynamic_header_bytes(p.batch));
    return overlap;
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
            const int32_t sum = dot(p, input, y, x, typename Implementation::Taps(p, b, quantization.zero_point, o));
            const float scaled = rounded_f32(static_cast<float>(sum) * b.weight_scale[o] * quantization.scale);
            *output++ = clamp_f32(scaled + b.bias[o], p.activation_min, p.activation_max);
          }
        }
      }
      input += p.input_h * p.input_w * p.input_c;
    }
  }

 private:
  // The sum over the window of one output.
  template <typename Taps>
  static int32_t dot(const Params& p, const int8_t* image, int32_t y, int32_t x, const Taps& taps) {
    uint32_t sum = 0;
    for (int32_t ky = 0; ky < p.kernel_h; ++ky) {
      const int32_t row = y * p.stride_h - p.pad_top + ky * p.dilation_h;
      if (row < 0 || row >= p.input_h) continue;
      for (int32_t kx = 0; kx < p.kernel_w; ++kx) {
        const int32_t column = x * p.stride_w - p.pad_left + kx * p.dilation_w;
        if (column < 0 || column >= p.input_w) continue;
        sum += taps.sum(image + (row * p.input_w + column) * p.input_c, ky * p.kernel_w + kx);
      }
    }
    return static_cast<int32_t>(sum);
  }
};

}  // namespace tmc::kernels::portable
