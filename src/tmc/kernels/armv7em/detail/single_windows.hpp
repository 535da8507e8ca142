// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The windows of a convolution one at a time, in groups or not.

#include "tmc/kernels/armv7em/detail/window.hpp"

namespace tmc::kernels::armv7em {

struct SingleWindows {
  using Params = QuantizedConv2d::Params;

  static constexpr int32_t depth(const Params& p) { return p.input_c / p.groups; }
  static constexpr int32_t output_depth(const Params& p) { return p.output_c / p.groups; }
  // Of four output channels, in a group.
  static constexpr int32_t blocks(const Params& p) { return (output_depth(p) + 3) / 4; }
  static constexpr int32_t window_values(const Params& p) { return p.kernel_h * p.kernel_w * depth(p); }
  // Never outside the input: a window that needs no copy.
  static constexpr bool is_one_tap(const Params& p) {
    return p.kernel_h == 1 && p.kernel_w == 1 && p.pad_top == 0 && p.pad_left == 0 &&
           (p.output_h - 1) * p.stride_h < p.input_h && (p.output_w - 1) * p.stride_w < p.input_w;
  }
  // What copying a window's values takes.
  static constexpr double copy_instructions(const Params& p) {
    return is_one_tap(p) ? 10 : p.kernel_h * (p.groups == 1 ? 40.0 : 40.0 * p.kernel_w);
  }

  // Calls run(window, group) in the order of the outputs: pixels, then groups. `values` has room for a window.
  template <typename Run>
  static void for_each(const Params& p, const int8_t* input, int8_t* values, const Run& run) {
    for (int32_t image = 0; image < p.batch; ++image, input += p.input_h * p.input_w * p.input_c) {
      for (int32_t y = -p.pad_top; y < p.output_h * p.stride_h - p.pad_top; y += p.stride_h) {
        for (int32_t x = -p.pad_left; x < p.output_w * p.stride_w - p.pad_left; x += p.stride_w) {
          for (int32_t group = 0; group < p.groups; ++group) {
            if (is_one_tap(p)) {
              run(input + (y * p.input_w + x) * p.input_c + group * depth(p), group);
            } else {
              copy_window(p, input + group * depth(p), y, x, depth(p), values);
              run(values, group);
            }
          }
        }
      }
    }
  }
};

}  // namespace tmc::kernels::armv7em
