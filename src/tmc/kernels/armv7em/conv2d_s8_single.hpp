// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Convolution of any window, in groups or not, with any number of channels, for what the other implementations refuse:
// pixel by pixel and group by group the window is copied and widened into scratch, then blocks of four output channels
// run over it (detail/single_rows.hpp).

#include "tmc/kernels/armv7em/detail/clamp.hpp"
#include "tmc/kernels/armv7em/detail/long_channel.hpp"
#include "tmc/kernels/armv7em/detail/single_rows.hpp"
#include "tmc/kernels/armv7em/detail/window.hpp"
#include "tmc/kernels/contract/detail/forward_slack.hpp"

namespace tmc::kernels::armv7em {

// Of channels whose requantisation has a short form (detail/channel.hpp) or of any (detail/long_channel.hpp).
template <typename AnyChannel>
struct Conv2dS8SingleOf : ImplementationOf<kernels::Conv2dS8> {
  static constexpr int64_t scratch_bytes(const Params& p) { return 24 * int64_t{steps(p)} + 16 * int64_t{blocks(p)}; }
  // The window of a pixel is read as a whole before its outputs are written, unless they are made group by group.
  static constexpr Overlap overlap(const Params& p, int) { return p.groups == 1 ? forward_overlap(p, 1) : kNoOverlap; }
  static constexpr double instructions(const Params& p) {
    const double pixels = 1.0 * p.batch * p.output_h * p.output_w * p.groups;
    const double copied = is_one_tap(p) ? 10 : p.kernel_h * (p.groups == 1 ? 40.0 : 40.0 * p.kernel_w);
    return 50 + pixels * (70 + copied + 20 * steps(p) + blocks(p) * (90.0 + 38 * steps(p)));
  }

  static void run(Params p, Buffers b) {
    auto* lanes = static_cast<int32_t*>(b.scratch);
    int32_t* sums = lanes + 4 * steps(p);
    auto* values = reinterpret_cast<int8_t*>(sums + 4 * blocks(p));
    int8_t* output = b.output;
    for (int32_t image = 0; image < p.batch; ++image) {
      const int8_t* input = b.input + image * p.input_h * p.input_w * p.input_c;
      for (int32_t y = -p.pad_top; y < p.output_h * p.stride_h - p.pad_top; y += p.stride_h) {
        for (int32_t x = -p.pad_left; x < p.output_w * p.stride_w - p.pad_left; x += p.stride_w) {
          const auto* weights = static_cast<const int32_t*>(b.weights);
          const auto* channels = static_cast<const AnyChannel*>(b.channels);
          for (int32_t group = 0; group < p.groups; ++group) {
            const int8_t* window = values;
            if (is_one_tap(p)) {
              window = input + (y * p.input_w + x) * p.input_c + group * depth(p);
            } else {
              copy_window(p, input + group * depth(p), y, x, depth(p), values);
            }
            widen_steps(window, window_values(p), lanes);
            begin_sums(channels, blocks(p), sums);
            add_single_rows(lanes, weights, steps(p), steps(p), blocks(p), sums);
            requantize_sums(sums, channels, output_depth(p), p.output_zero_point, output);
            output += output_depth(p);
            weights += blocks(p) * 8 * steps(p);
            channels += 4 * blocks(p);
          }
        }
      }
    }
    if (p.activation_min > -128 || p.activation_max < 127) {
      clamp_values(b.output, p.batch * p.output_h * p.output_w * p.output_c, p.activation_min, p.activation_max);
    }
  }

  static constexpr int32_t depth(const Params& p) { return p.input_c / p.groups; }
  static constexpr int32_t output_depth(const Params& p) { return p.output_c / p.groups; }
  static constexpr int32_t blocks(const Params& p) { return (output_depth(p) + 3) / 4; }
  static constexpr int32_t window_values(const Params& p) { return p.kernel_h * p.kernel_w * depth(p); }
  static constexpr int32_t steps(const Params& p) { return steps_of_eight(window_values(p)); }
  // Never outside the input: a window that needs no copy.
  static constexpr bool is_one_tap(const Params& p) {
    return p.kernel_h == 1 && p.kernel_w == 1 && p.pad_top == 0 && p.pad_left == 0 &&
           (p.output_h - 1) * p.stride_h < p.input_h && (p.output_w - 1) * p.stride_w < p.input_w;
  }
};

struct Conv2dS8Single : Conv2dS8SingleOf<WideChannel> {};

// conv2d_s8_single for requantisations that it refuses: in the long form of detail/long_channel.hpp.
struct Conv2dS8SingleLong : Conv2dS8SingleOf<LongFormChannel> {
  static constexpr double instructions(const Params& p) {
    return Conv2dS8SingleOf::instructions(p) + 3.0 * p.batch * p.output_h * p.output_w * p.output_c;
  }
};

}  // namespace tmc::kernels::armv7em
