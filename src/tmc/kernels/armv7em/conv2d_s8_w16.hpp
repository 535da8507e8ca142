// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Convolution with weights of int16 (those of uint8 with a zero point), which lie in flash as lanes: one pixel at a
// time its window is widened, then blocks of four output channels run over it (detail/dense_rows.hpp). Depthwise ones
// go through the taps of a pixel four channels at a time.

#include "tmc/kernels/armv7em/detail/dense_rows.hpp"
#include "tmc/kernels/armv7em/detail/wide_weights.hpp"
#include "tmc/kernels/contract/detail/forward_slack.hpp"

namespace tmc::kernels::armv7em {

// Channels are biases of all blocks of a group, then their requantisations.
struct Conv2dS8W16 : WideWeightConvolution {
  static constexpr int64_t scratch_bytes(const Params& p) {
    return 8 * int64_t{groups_of_window(p)} + 16 * int64_t{blocks(p)} + window_values(p) + 3;
  }
  // The window of a pixel is read as a whole before its outputs are written, unless they are made group by group.
  static constexpr Overlap overlap(const Params& p, int) { return p.groups == 1 ? forward_overlap(p, 1) : kNoOverlap; }
  static constexpr double instructions(const Params& p) {
    const double windows = 1.0 * p.batch * p.output_h * p.output_w * p.groups;
    return 50 + windows * (60 + copy_instructions(p) + 7 * groups_of_window(p) + 10 * output_depth(p) +
                           blocks(p) * (15.0 + 11 * groups_of_window(p)));
  }

  static void run(Params p, Buffers b) {
    auto* lanes = static_cast<int32_t*>(b.scratch);
    int32_t* sums = lanes + 2 * groups_of_window(p);
    auto* values = reinterpret_cast<int8_t*>(sums + 4 * blocks(p));
    const auto* weights = reinterpret_cast<const int32_t*>(b.weights);
    const auto* channels = static_cast<const int32_t*>(b.channels);
    int8_t* output = b.output;
    for_each(p, b.input, values, [&](const int8_t* window, int32_t group) {
      const int32_t* bias = channels + group * group_words(p);
      widen_values<1>(window, window_values(p), lanes);
      const DenseRows rows{
          lanes, weights + group * group_weights(p), bias, sums, sums + 4 * blocks(p), groups_of_window(p)};
      run_lane_rows(&rows);
      const auto* forms = reinterpret_cast<const Form*>(bias + 4 * blocks(p));
      requantize_sums(sums, forms, output_depth(p), p.output_zero_point, output);
      output += output_depth(p);
    });
    clamp_outputs(p, b.output);
  }
};

// Of as many outputs as inputs, in fours. Weights are [blocks of four channels][taps][2 words]: channels 0 and 2, then
// 1 and 3; channels [blocks]: four biases, four requantisations.
struct Conv2dS8W16Depthwise : WideWeightConvolution {
  static constexpr bool applies(const Params& p) {
    return p.groups == p.input_c && p.output_c == p.input_c && p.input_c % 4 == 0;
  }
  static constexpr int32_t taps(const Params& p) { return p.kernel_h * p.kernel_w; }
  // Where the taps of a pixel lie, and a pixel of zero points for those outside.
  static constexpr int64_t scratch_bytes(const Params& p) {
    return int64_t{taps(p)} * int64_t{sizeof(const int8_t*)} + p.input_c;
  }
  static constexpr double instructions(const Params& p) {
    const double pixels = 1.0 * p.batch * p.output_h * p.output_w;
    return 50 + p.input_c + pixels * (30 + 12.0 * taps(p) + p.input_c / 4 * (40 + 11.0 * taps(p)));
  }

  static void run(Params p, Buffers b) {
    auto* at = static_cast<const int8_t**>(b.scratch);
    auto* outside = reinterpret_cast<int8_t*>(at + taps(p));
    for (int32_t c = 0; c < p.input_c; ++c) outside[c] = static_cast<int8_t>(p.input_zero_point);
    const int8_t* image = b.input;
    int8_t* output = b.output;
    for (int32_t i = 0; i < p.batch; ++i, image += p.input_h * p.input_w * p.input_c) {
      for (int32_t y = -p.pad_top; y < p.output_h * p.stride_h - p.pad_top; y += p.stride_h) {
        for (int32_t x = -p.pad_left; x < p.output_w * p.stride_w - p.pad_left; x += p.stride_w) {
          find_taps(p, image, y, x, outside, at);
          run_pixel(p, at, b, output);
          output += p.output_c;
        }
      }
    }
    clamp_outputs(p, b.output);
  }

 private:
  static void find_taps(const Params& p, const int8_t* image, int32_t y, int32_t x, const int8_t* outside,
                        const int8_t** at) {
    for (int32_t ky = 0; ky < p.kernel_h; ++ky) {
      const int32_t row = y + ky * p.dilation_h;
      const bool is_inside = row >= 0 && row < p.input_h;
      for (int32_t kx = 0; kx < p.kernel_w; ++kx) {
        const int32_t column = x + kx * p.dilation_w;
        *at++ =
            is_inside && column >= 0 && column < p.input_w ? image + (row * p.input_w + column) * p.input_c : outside;
      }
    }
  }

  static void run_pixel(const Params& p, const int8_t* const* at, const Buffers& b, int8_t* output) {
    const auto* weights = reinterpret_cast<const int32_t*>(b.weights);
    const auto* channels = static_cast<const int32_t*>(b.channels);
    for (int32_t c = 0; c < p.input_c; c += 4, channels += 12) {
      int32_t sums[4] = {channels[0], channels[1], channels[2], channels[3]};
      for (int32_t tap = 0; tap < taps(p); ++tap, weights += 2) {
        const int32_t word = load_word(at[tap] + c);
        const int32_t even = sxtb16(word);
        const int32_t odd = sxtb16_ror8(word);
        sums[0] = smlabb(even, weights[0], sums[0]);
        sums[2] = smlatt(even, weights[0], sums[2]);
        sums[1] = smlabb(odd, weights[1], sums[1]);
        sums[3] = smlatt(odd, weights[1], sums[3]);
      }
      const auto* forms = reinterpret_cast<const Form*>(channels + 4);
#pragma GCC unroll 4
      for (int32_t i = 0; i < 4; ++i)
        store_s8(requantized(sums[i], forms[i].form, p.output_zero_point), output + c + i);
    }
  }
};

}  // namespace tmc::kernels::armv7em
