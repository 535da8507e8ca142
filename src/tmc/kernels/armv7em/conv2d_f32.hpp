// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Convolution of any window, three output pixels at a time: their windows are copied into scratch (the smallest onto
// the stack), zeros where they lie outside the image, then every block of four channels runs over them
// (detail/float_tile.hpp). Pixels are taken in order across rows and images, so that only the last tile is partial.

#include "tmc/kernels/armv7em/detail/float_tile.hpp"
#include "tmc/kernels/contract/conv2d_f32.hpp"
#include "tmc/kernels/contract/detail/forward_slack.hpp"

namespace tmc::kernels::armv7em {

struct Conv2dF32 : ImplementationOf<kernels::Conv2dF32> {
  static constexpr int32_t kPixels = 3;
  static constexpr int32_t kStackFloats = 8;  // of a window

  static constexpr bool applies(const Params& p) { return p.groups == 1; }
  static constexpr int64_t scratch_bytes(const Params& p) {
    return window_floats(p) <= kStackFloats ? 0 : int64_t{kPixels} * window_floats(p) * int64_t{sizeof(float)};
  }
  static constexpr Overlap overlap(const Params& p, int) {
    return forward_overlap(p, kPixels, {sizeof(float), sizeof(float)});
  }
  static constexpr double instructions(const Params& p) {
    const double tiles = (p.batch * p.output_h * p.output_w + kPixels - 1) / kPixels;
    const double groups = window_floats(p) / 4;
    const double blocks = (p.output_c + 3) / 4;
    const double gathered = p.kernel_h * (20 + 0.35 * p.kernel_w * p.input_c);
    return 80 + tiles * (90 + kPixels * gathered + blocks * (30 + groups * (p.half_weights ? 69 : 53)));
  }

  static void run(Params p, Buffers b) {
    run_windows(p, b, [](const Params& params, const Pixel& at, float* to) { gather(params, at, to); });
  }

  // An output pixel: its image and the place of its window's first tap.
  struct Pixel {
    const float* image;
    int32_t top, left;

    void advance(const Params& p) {
      left += p.stride_w;
      if (left < p.output_w * p.stride_w - p.pad_left) return;
      left = -p.pad_left;
      top += p.stride_h;
      if (top < p.output_h * p.stride_h - p.pad_top) return;
      top = -p.pad_top;
      image += p.input_h * p.input_w * p.input_c;
    }
  };

  // The convolution where copy_window(p, Pixel, to) fetches the window of a pixel, [kernel_h, kernel_w, input_c].
  template <typename CopyWindow>
  static void run_windows(const Params& p, const Buffers& b, CopyWindow copy_window) {
    FloatTile tile{
        {}, b.weights, b.bias, nullptr, {}, window_floats(p) / 4, FloatRange::of(p.activation_min, p.activation_max)};
    float small[kPixels * kStackFloats];
    float* windows = window_floats(p) <= kStackFloats ? small : static_cast<float*>(b.scratch);
    const int32_t inputs = p.kernel_h * p.kernel_w * p.input_c;
    for (int32_t i = 0; i < kPixels; ++i)
      zero_floats(windows + i * window_floats(p) + inputs, window_floats(p) - inputs);
    Pixel at{b.input, -p.pad_top, -p.pad_left};
    float* output = b.output;
    for (int32_t left = p.batch * p.output_h * p.output_w; left > 0; left -= kPixels) {
      const int32_t pixels = left < kPixels ? left : kPixels;
      for (int32_t i = 0; i < kPixels; ++i) {
        if (i < pixels) {
          copy_window(p, at, windows + i * window_floats(p));
          at.advance(p);
          output += i == 0 ? 0 : p.output_c;
        }
        tile.windows[i] = windows + (i < pixels ? i : pixels - 1) * window_floats(p);
        tile.outputs[i] = output;
      }
      output += p.output_c;
      run_float_tile(tile, p.output_c, pixels, p.half_weights);
    }
  }

 private:
  static constexpr int32_t window_floats(const Params& p) {
    return 4 * float_groups(p.kernel_h * p.kernel_w * p.input_c);
  }

  // The window of a pixel, rows one after the other.
  static void gather(const Params& p, const Pixel& at, float* to) {
    const int32_t row_floats = p.kernel_w * p.input_c;
    const bool whole_rows = p.dilation_w == 1 && at.left >= 0 && at.left + p.kernel_w <= p.input_w;
    for (int32_t ky = 0; ky < p.kernel_h; ++ky, to += row_floats) {
      const int32_t y = at.top + ky * p.dilation_h;
      const float* row = at.image + y * p.input_w * p.input_c;
      if (y < 0 || y >= p.input_h) {
        zero_floats(to, row_floats);
      } else if (whole_rows) {
        copy_floats(to, row + at.left * p.input_c, row_floats);
      } else {
        gather_taps(p, row, at.left, to);
      }
    }
  }

  static void gather_taps(const Params& p, const float* row, int32_t left, float* to) {
    for (int32_t kx = 0; kx < p.kernel_w; ++kx, to += p.input_c) {
      const int32_t x = left + kx * p.dilation_w;
      if (x < 0 || x >= p.input_w) {
        zero_floats(to, p.input_c);
      } else {
        copy_floats(to, row + x * p.input_c, p.input_c);
      }
    }
  }
};

}  // namespace tmc::kernels::armv7em
