// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Convolution over int16 activations of any window, in groups or not, for any weights, biases and multipliers: pixel by
// pixel and group by group the window is copied into scratch, then all output channels run over it in 64 bits
// (detail/int16_rows.hpp). An image of int16 is copied as one of bytes with twice the channels.

#include "tmc/kernels/armv7em/detail/int16_rows.hpp"
#include "tmc/kernels/armv7em/detail/window.hpp"
#include "tmc/kernels/contract/conv2d.hpp"
#include "tmc/kernels/contract/detail/forward_slack.hpp"

namespace tmc::kernels::armv7em {

struct Conv2dS16Wide : ImplementationOf<kernels::Conv2dS16> {
  static constexpr bool applies(const Params& p) { return Contract::is_symmetric(p); }
  static constexpr int64_t scratch_bytes(const Params& p) { return 16 * int64_t{steps(p)}; }
  // The window of a pixel is read as a whole before its outputs are written, unless they are made group by group.
  static constexpr Overlap overlap(const Params& p, int) {
    return p.groups == 1 ? forward_overlap(p, 1, {2, 2}) : kNoOverlap;
  }
  static constexpr double instructions(const Params& p) {
    const double windows = 1.0 * p.batch * p.output_h * p.output_w * p.groups;
    const double copied = p.kernel_h * (p.groups == 1 ? 40.0 : 40.0 * p.kernel_w) + 4.0 * steps(p);
    return 50 + windows * (40 + copied + blocks(p) * (160 + 38.0 * steps(p)));
  }

  static void run(Params p, Buffers b) {
    Params bytes = p;
    bytes.input_c *= 2;
    auto* window = static_cast<int8_t*>(b.scratch);
    int16_t* output = b.output;
    for (int32_t image = 0; image < p.batch; ++image) {
      const auto* input = reinterpret_cast<const int8_t*>(b.input + image * p.input_h * p.input_w * p.input_c);
      for (int32_t y = -p.pad_top; y < p.output_h * p.stride_h - p.pad_top; y += p.stride_h) {
        for (int32_t x = -p.pad_left; x < p.output_w * p.stride_w - p.pad_left; x += p.stride_w) {
          Int16Rows rows{static_cast<const int32_t*>(b.scratch),
                         static_cast<const int32_t*>(b.weights),
                         steps(p),
                         output_depth(p),
                         p.activation_min,
                         p.activation_max};
          const auto* channels = static_cast<const LongChannel*>(b.channels);
          for (int32_t group = 0; group < p.groups; ++group) {
            copy_window(bytes, input + group * 2 * depth(p), y, x, 2 * depth(p), window);
            run_int16_rows(rows, channels, output);
            output += output_depth(p);
            rows.weights += blocks(p) * 8 * steps(p);
            channels += 4 * blocks(p);
          }
        }
      }
    }
  }

  static constexpr int32_t depth(const Params& p) { return p.input_c / p.groups; }
  static constexpr int32_t output_depth(const Params& p) { return p.output_c / p.groups; }
  static constexpr int32_t blocks(const Params& p) { return (output_depth(p) + 3) / 4; }
  static constexpr int32_t steps(const Params& p) { return steps_of_eight(p.kernel_h * p.kernel_w * depth(p)); }
};

}  // namespace tmc::kernels::armv7em
