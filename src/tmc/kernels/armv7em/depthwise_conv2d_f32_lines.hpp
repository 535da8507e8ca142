// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Depthwise convolution of 3x3 windows that keeps a narrow image's width, in place: four channels at a time walk down
// the image, with the three rows that a window reads copied to the stack between columns of zeros. A block's rows are
// read before they are written, and no block reads another one's channels, so that the output may lie exactly over the
// input with nothing beside it.
//
// The zeros stand for what is outside. A sum that they are added to keeps its bits, but for the sign of a zero: `pack`
// refuses weights that are not finite and biases of minus zero.

#include "tmc/kernels/armv7em/depthwise_conv2d_f32.hpp"
#include "tmc/kernels/armv7em/detail/move.hpp"

namespace tmc::kernels::armv7em {

struct DepthwiseConv2dF32Lines : ImplementationOf<kernels::DepthwiseConv2dF32> {
  static constexpr int32_t kMostColumns = 8;  // 480 bytes of stack
  static constexpr int32_t kPixels = DepthwiseConv2dF32::kPixels;

  static constexpr bool applies(const Params& p) {
    const bool is_depthwise = p.groups == p.input_c && p.output_c == p.input_c && p.input_c % 4 == 0;
    const bool is_window = p.kernel_h == 3 && p.kernel_w == 3 && p.stride_h == 1 && p.stride_w == 1 &&
                           p.dilation_h == 1 && p.dilation_w == 1;
    const bool keeps_columns = p.output_w == p.input_w && p.pad_left == 1 && p.input_w <= kMostColumns;
    return p.batch == 1 && is_depthwise && is_window && keeps_columns && p.pad_top <= 2;
  }
  static constexpr Overlap overlap(const Params&, int) { return {Overlap::Kind::kSameBegin, 0}; }
  static constexpr double instructions(const Params& p) {
    const double row = 25 + 12.0 * p.input_w + 8.0 * (p.input_w + 2) + 244.0 * tiles(p) + 140.0 * pixels(p);
    return 60 + 0.25 * p.input_c * (80 + p.output_h * row);
  }

  static void run(Params p, Buffers b) {
    const auto* weights = static_cast<const float*>(b.weights);
    for (int32_t c = 0; c < p.input_c; c += 4, weights += 36) run_block(p, b, c, weights);
  }

  // Of a row: four pixels at once, and single ones.
  static constexpr int32_t tiles(const Params& p) { return p.output_w / kPixels; }
  static constexpr int32_t pixels(const Params& p) { return p.output_w % kPixels; }

 private:
  static constexpr int32_t kFloat = sizeof(float);
  static constexpr int32_t kPixelBytes = 4 * kFloat;

  static void run_block(const Params& p, const Buffers& b, int32_t channel, const float* weights) {
    float lines[3 * (kMostColumns + 2) * 4] = {};
    const int32_t line = (p.input_w + 2) * 4;
    load_row(p, b, channel, -p.pad_top, lines);
    load_row(p, b, channel, 1 - p.pad_top, lines + line);
    FloatTaps taps{};
    taps.weights = weights;
    taps.bias = b.bias + channel;
    taps.bias_end = taps.bias + 4;
    taps.column_step = kPixelBytes;
    taps.rows = 3;
    taps.output_step = p.output_c * kFloat;
    taps.taps = 3;
    taps.range = FloatRange::of(p.activation_min, p.activation_max);
    for (int32_t y = 0; y < p.output_h; ++y) {
      load_row(p, b, channel, y + 2 - p.pad_top, lines + 2 * line);
      run_row(p, taps, lines, b.output + y * p.output_w * p.output_c + channel);
      move_up(reinterpret_cast<int8_t*>(lines), reinterpret_cast<const int8_t*>(lines + line), 2 * line * kFloat);
    }
  }

  // A row of the block's channels between its zeros; zeros where there is none.
  static void load_row(const Params& p, const Buffers& b, int32_t channel, int32_t y, float* line) {
    if (y < 0 || y >= p.input_h) {
      for (int32_t i = 4; i < 4 * (p.input_w + 1); ++i) line[i] = 0;
      return;
    }
    const float* from = b.input + y * p.input_w * p.input_c + channel;
    for (int32_t x = 0; x < p.input_w; ++x, from += p.input_c) {
      line += 4;
      __builtin_memcpy(line, from, kPixelBytes);
    }
  }

  static void run_row(const Params& p, FloatTaps& taps, const float* lines, float* output) {
    taps.input = lines;
    taps.output = output;
    taps.row_step = (p.input_w + 2 - (kPixels + 2)) * kPixelBytes;
    for (int32_t i = 0; i < tiles(p); ++i) {
      run_four_pixels_of_stride_one(&taps);
      taps.input += kPixels * 4;
      taps.output += kPixels * p.output_c;
    }
    taps.row_step = (p.input_w + 2 - 3) * kPixelBytes;
    for (int32_t i = 0; i < pixels(p); ++i) {
      run_pixel_of_taps(&taps);
      taps.input += 4;
      taps.output += p.output_c;
    }
  }
};

}  // namespace tmc::kernels::armv7em
