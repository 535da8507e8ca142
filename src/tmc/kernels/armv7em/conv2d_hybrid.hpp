// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Hybrid convolution of any window, three output pixels at a time: their windows are widened to 16-bit lanes, on the
// stack where they are few, else in scratch, less the zero point, then two channels at a time run over them by SMLAD.
// Pixels are taken in order across rows, so that only the last tile of an image is partial.

#include "tmc/base/math.hpp"
#include "tmc/kernels/armv7em/detail/intrinsics.hpp"
#include "tmc/kernels/contract/conv2d_hybrid.hpp"
#include "tmc/kernels/contract/detail/forward_slack.hpp"

namespace tmc::kernels::armv7em {

struct Conv2dHybrid : ImplementationOf<kernels::Conv2dHybrid> {
  static constexpr int32_t kPixels = 3;
  static constexpr int64_t kStackBytes = 384;

  // A sum of 2^16 products of nine and eight bits fits 32.
  static constexpr bool applies(const Params& p) { return p.groups == 1 && inputs(p) <= 1 << 16; }
  static constexpr int64_t scratch_bytes(const Params& p) { return lane_bytes(p) <= kStackBytes ? 0 : lane_bytes(p); }
  // Outputs of a single item are written behind what is still read; its header is taken before.
  static constexpr Overlap overlap(const Params& p, int) {
    if (p.batch != 1) return kNoOverlap;
    Overlap overlap = forward_overlap(p, kPixels, {1, sizeof(float)});
    overlap.slack_bytes += static_cast<int32_t>(dynamic_header_bytes(p.batch));
    return overlap;
  }
  static constexpr double instructions(const Params& p) {
    const double tiles = 1.0 * p.batch * (p.output_h * p.output_w + kPixels - 1) / kPixels;
    const double gathered = kPixels * (30 + 8.0 * groups(p) + (is_pointwise(p) ? 0 : 20.0 * p.kernel_h * p.kernel_w));
    return 80 + tiles * (60 + gathered + (p.output_c + 1) / 2 * (110 + 25.0 * groups(p)));
  }

  static void run(Params p, Buffers b) {
    int32_t lanes[kStackBytes / 4];
    if (scratch_bytes(p) == 0) b.scratch = lanes;
    const auto* headers = static_cast<const DynamicQuantization*>(b.input);
    const int8_t* image = static_cast<const int8_t*>(b.input) + dynamic_header_bytes(p.batch);
    for (int32_t item = 0; item < p.batch; ++item) {
      const int32_t pixels = p.output_h * p.output_w;
      run_item(p, b, image, headers[item], b.output + item * pixels * p.output_c);
      image += p.input_h * p.input_w * p.input_c;
    }
  }

  // Windows as lanes, and one as it is copied.
  static constexpr int64_t lane_bytes(const Params& p) {
    return int64_t{kPixels} * groups(p) * 8 + (is_pointwise(p) ? 0 : int64_t{groups(p)} * 4);
  }
  static constexpr int32_t inputs(const Params& p) { return p.kernel_h * p.kernel_w * p.input_c; }
  // Of four inputs.
  static constexpr int32_t groups(const Params& p) { return (inputs(p) + 3) / 4; }
  // Windows are words of the input as they lie.
  static constexpr bool is_pointwise(const Params& p) {
    return p.kernel_h == 1 && p.kernel_w == 1 && p.pad_top == 0 && p.pad_left == 0 && p.input_c % 4 == 0 &&
           (p.output_h - 1) * p.stride_h < p.input_h && (p.output_w - 1) * p.stride_w < p.input_w;
  }

 private:
  // The header is passed by value: outputs may lie over it.
  static void run_item(const Params& p, const Buffers& b, const int8_t* image, DynamicQuantization quantization,
                       float* output) {
    auto* lanes = static_cast<int32_t*>(b.scratch);
    int32_t top = -p.pad_top;
    int32_t left = -p.pad_left;
    for (int32_t rest = p.output_h * p.output_w; rest > 0; rest -= kPixels, output += kPixels * p.output_c) {
      const int32_t pixels = rest < kPixels ? rest : kPixels;
      for (int32_t i = 0; i < pixels; ++i) {
        gather(p, b, image, quantization.zero_point, top, left, lanes + 2 * i);
        left += p.stride_w;
        if (left < p.output_w * p.stride_w - p.pad_left) continue;
        left = -p.pad_left;
        top += p.stride_h;
      }
      run_tile(p, b, lanes, quantization.scale, output, pixels);
    }
  }

  // A window as lanes: of every four inputs 0 and 2, then 1 and 3, six words apart.
  static void gather(const Params& p, const Buffers& b, const int8_t* image, int32_t zero_point, int32_t top,
                     int32_t left, int32_t* lanes) {
    const int8_t* from = image + (top * p.input_w + left) * p.input_c;
    if (!is_pointwise(p)) {
      auto* copy = reinterpret_cast<int8_t*>(static_cast<int32_t*>(b.scratch) + 2 * kPixels * groups(p));
      copy_window(p, image, zero_point, top, left, copy);
      from = copy;
    }
    const int32_t less = pack_bottoms(-zero_point, -zero_point);
    for (int32_t group = 0; group < groups(p); ++group, from += 4, lanes += 2 * kPixels) {
      const int32_t word = load_word(from);
      lanes[0] = sxtab16(less, word);
      lanes[1] = sxtab16_ror8(less, word);
    }
  }

  static void copy_window(const Params& p, const int8_t* image, int32_t zero_point, int32_t top, int32_t left,
                          int8_t* to) {
    const int8_t* end = to + 4 * groups(p);
    for (int32_t ky = 0; ky < p.kernel_h; ++ky) {
      const int32_t y = top + ky * p.dilation_h;
      for (int32_t kx = 0; kx < p.kernel_w; ++kx) {
        const int32_t x = left + kx * p.dilation_w;
        const bool inside = y >= 0 && y < p.input_h && x >= 0 && x < p.input_w;
        const int8_t* from = image + (y * p.input_w + x) * p.input_c;
        for (int32_t c = 0; c < p.input_c; ++c) *to++ = inside ? from[c] : static_cast<int8_t>(zero_point);
      }
    }
    while (to != end) *to++ = static_cast<int8_t>(zero_point);
  }

  // All channels of the first `pixels` of three windows; those beyond are computed and left.
  static void run_tile(const Params& p, const Buffers& b, const int32_t* lanes, float scale, float* output,
                       int32_t pixels) {
    const auto* weights = static_cast<const int8_t*>(b.weights);
    const int32_t* end = lanes + 2 * kPixels * groups(p);
    for (int32_t channel = 0; channel < p.output_c; channel += 2) {
      int32_t first[kPixels] = {};
      int32_t second[kPixels] = {};
      for (const int32_t* at = lanes; at != end; at += 2 * kPixels, weights += 8) {
        const int32_t word0 = load_word(weights);
        const int32_t word1 = load_word(weights + 4);
        const int32_t even0 = sxtb16(word0), odd0 = sxtb16_ror8(word0);
        const int32_t even1 = sxtb16(word1), odd1 = sxtb16_ror8(word1);
#pragma GCC unroll 3
        for (int32_t i = 0; i < kPixels; ++i) {
          first[i] = smlad(odd0, at[2 * i + 1], smlad(even0, at[2 * i], first[i]));
          second[i] = smlad(odd1, at[2 * i + 1], smlad(even1, at[2 * i], second[i]));
        }
      }
#pragma GCC unroll 3
      for (int32_t i = 0; i < kPixels; ++i) {
        if (i >= pixels) break;
        float* to = output + i * p.output_c + channel;
        to[0] = finish(p, b, channel, scale, first[i]);
        if (channel + 1 < p.output_c) to[1] = finish(p, b, channel + 1, scale, second[i]);
      }
    }
  }

  static float finish(const Params& p, const Buffers& b, int32_t channel, float scale, int32_t sum) {
    const float scaled = rounded_f32(static_cast<float>(sum) * b.weight_scale[channel] * scale);
    return clamp_f32(scaled + b.bias[channel], p.activation_min, p.activation_max);
  }
};

}  // namespace tmc::kernels::armv7em
