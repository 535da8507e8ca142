// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Depthwise convolution, one output channel for every input channel, read where the input lies (detail/float_taps.hpp):
// four pixels at a time where their windows are three taps wide and inside the image, else pixel by pixel over the taps
// that are inside. Half weights are widened by `pack`.

#include "tmc/kernels/armv7em/detail/float_taps.hpp"
#include "tmc/kernels/contract/conv2d_f32.hpp"
#include "tmc/kernels/contract/detail/forward_slack.hpp"

namespace tmc::kernels::armv7em {

struct DepthwiseConv2dF32 : ImplementationOf<kernels::DepthwiseConv2dF32> {
  static constexpr int32_t kPixels = 4;

  static constexpr bool applies(const Params& p) {
    return p.groups == p.input_c && p.output_c == p.input_c && p.input_c % 4 == 0;
  }
  // A block of channels is written before the next is read. Where no later pixel reads what lies where an earlier one
  // is written, the output may lie exactly over the input, of which a block reads its own channels only.
  static constexpr Overlap overlap(const Params& p, int) {
    if (forward_overlap(p, 1, {sizeof(float), sizeof(float)}).slack_bytes >= 0) return {Overlap::Kind::kSameBegin, 0};
    const int32_t at_once = tiles_of_row(p) > 0 ? kPixels : 1;
    return forward_overlap(p, at_once, {sizeof(float), sizeof(float)}, TileReads::kThroughout);
  }
  static constexpr double instructions(const Params& p) {
    const double blocks = 0.25 * p.batch * p.output_h * p.input_c;
    const int32_t tiles = tiles_of_row(p);
    const double rest = p.output_w - kPixels * tiles;
    return 80 + p.batch * p.output_h * (40 + 60 * (tiles + rest)) +
           blocks * (tiles * (30 + 66.0 * p.kernel_h) + rest * (20 + p.kernel_h * (5 + 9.0 * p.kernel_w)));
  }

  static void run(Params p, Buffers b) {
    float* output = b.output;
    for (int32_t image = 0; image < p.batch; ++image) {
      const float* input = b.input + image * p.input_h * p.input_w * p.input_c;
      for (int32_t y = 0; y < p.output_h; ++y, output += p.output_w * p.output_c) {
        run_row(p, b, input, y * p.stride_h - p.pad_top, output);
      }
    }
  }

  // Those of a window that begins at `first` which lie inside [0, inputs).
  struct Inside {
    int32_t begin, count;

    static constexpr Inside of(int32_t first, int32_t taps, int32_t dilation, int32_t inputs) {
      const int32_t begin = first < 0 ? (-first + dilation - 1) / dilation : 0;
      const int32_t room = inputs - first;
      const int32_t end = room <= 0 ? 0 : (room + dilation - 1) / dilation;
      return {begin, (end < taps ? end : taps) - begin};
    }
  };

  // Of four pixels, and where in a row.
  static constexpr bool has_tiles(const Params& p) {
    return p.kernel_w == 3 && p.dilation_w == 1 && (p.stride_w == 1 || p.stride_w == 2);
  }
  static constexpr bool tile_fits(const Params& p, int32_t x) {
    const int32_t left = x * p.stride_w - p.pad_left;
    return x + kPixels <= p.output_w && left >= 0 && left + (kPixels - 1) * p.stride_w + 3 <= p.input_w;
  }

  // Whole tiles of a row.
  static constexpr int32_t tiles_of_row(const Params& p) {
    int32_t tiles = 0;
    for (int32_t x = 0; has_tiles(p) && x < p.output_w;) {
      const bool fits = tile_fits(p, x);
      tiles += fits ? 1 : 0;
      x += fits ? kPixels : 1;
    }
    return tiles;
  }

 private:
  static void run_row(const Params& p, const Buffers& b, const float* image, int32_t top, float* output) {
    constexpr int32_t kFloat = sizeof(float);
    const Inside rows = Inside::of(top, p.kernel_h, p.dilation_h, p.input_h);
    const int32_t pixel_bytes = p.input_c * kFloat;
    const int32_t between_rows = p.dilation_h * p.input_w * pixel_bytes;
    const auto* weights = static_cast<const float*>(b.weights) + rows.begin * p.kernel_w * 4;
    const float* first_row = image + (top + rows.begin * p.dilation_h) * p.input_w * p.input_c;
    FloatTaps taps{};
    taps.bias = b.bias;
    taps.bias_end = b.bias + p.input_c;
    taps.column_step = p.dilation_w * pixel_bytes;
    taps.rows = rows.count;
    taps.weights_step = (p.kernel_h - rows.count) * p.kernel_w * 4 * kFloat;
    taps.block_step = 4 * kFloat - rows.count * between_rows;
    taps.output_step = pixel_bytes;
    taps.range = FloatRange::of(p.activation_min, p.activation_max);
    for (int32_t x = 0; x < p.output_w;) {
      const int32_t left = x * p.stride_w - p.pad_left;
      taps.output = output + x * p.output_c;
      if (rows.count > 0 && has_tiles(p) && tile_fits(p, x)) {
        taps.input = first_row + left * p.input_c;
        taps.weights = weights;
        taps.row_step = between_rows - ((kPixels - 1) * p.stride_w + 3) * pixel_bytes;
        p.stride_w == 1 ? run_four_pixels_of_stride_one(&taps) : run_four_pixels_of_stride_two(&taps);
        x += kPixels;
        continue;
      }
      const Inside columns = Inside::of(left, p.kernel_w, p.dilation_w, p.input_w);
      if (rows.count > 0 && columns.count > 0) {
        taps.input = first_row + (left + columns.begin * p.dilation_w) * p.input_c;
        taps.weights = weights + columns.begin * 4;
        taps.row_step = between_rows - columns.count * taps.column_step;
        taps.taps = columns.count;
        taps.weights_row_step = (p.kernel_w - columns.count) * 4 * kFloat;
        run_pixel_of_taps(&taps);
      } else {
        for (int32_t c = 0; c < p.output_c; ++c) taps.output[c] = taps.range.limit(b.bias[c]);
      }
      ++x;
    }
  }
};

}  // namespace tmc::kernels::armv7em
