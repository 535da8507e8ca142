// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Convolution with four-bit weights, one output pixel at a time, for what has few of them, as fully connected layers
// have, and for what conv2d_s4 refuses: any number of inputs and channels. A window is copied and widened into scratch,
// then every channel pair runs over it (detail/nibble_tile.hpp).

#include "tmc/kernels/armv7em/conv2d_s4.hpp"
#include "tmc/kernels/armv7em/detail/clamp.hpp"

namespace tmc::kernels::armv7em {

// Of channels in the short form (detail/pair_tile.hpp) or in the long one (detail/long_tile.hpp).
template <typename Pair>
struct Conv2dS4SingleOf : ImplementationOf<kernels::Conv2dS4> {
  static constexpr bool applies(const Params& p) { return Conv2dS4::groups_are_words(p); }
  static constexpr int64_t scratch_bytes(const Params& p) {
    return 24 * int64_t{steps(p)} + pairs(p) * unpacked_bytes<Pair>() + 2 * int64_t{pairs(p)};
  }
  static constexpr Overlap overlap(const Params& p, int) { return forward_overlap(p, 1); }
  static constexpr double instructions(const Params& p) {
    const double pixels = 1.0 * p.batch * p.output_h * p.output_w;
    const double copied = is_one_tap(p) ? 10 : p.kernel_h * 40.0;
    return 50 + 10 * p.output_c +
           pixels * (70 + copied + 20 * steps(p) + pairs(p) * (40 + 15 * Contract::groups(p) + 24.0 * steps(p)));
  }

  static void run(Params p, Buffers b) {
    const Conv2dS8::Params same = Contract::in_bytes(p);
    const Pair* channels = ready_pairs<Pair>(b.channels, 2 * pairs(p), b.scratch);
    auto* lanes = static_cast<int32_t*>(b.scratch) + pairs(p) * unpacked_bytes<Pair>() / 4;
    auto* outputs = reinterpret_cast<int8_t*>(lanes + 4 * steps(p));
    int8_t* values = outputs + 2 * pairs(p);
    NibbleTile<1, Pair> tile{{},
                             p.output_zero_point,
                             channels,
                             channels + pairs(p),
                             lanes,
                             Conv2dS4::multipliers(p, b.weights),
                             Conv2dS4::pair_bytes(p),
                             Conv2dS4::group_bytes(p),
                             static_cast<const int32_t*>(b.weights)};
    int8_t* output = b.output;
    for (int32_t image = 0; image < p.batch; ++image) {
      const int8_t* input = b.input + image * p.input_h * p.input_w * p.input_c;
      for (int32_t y = -p.pad_top; y < p.output_h * p.stride_h - p.pad_top; y += p.stride_h) {
        for (int32_t x = -p.pad_left; x < p.output_w * p.stride_w - p.pad_left; x += p.stride_w) {
          const int8_t* window = values;
          if (is_one_tap(p)) {
            window = input + (y * p.input_w + x) * p.input_c;
          } else {
            copy_window(same, input, y, x, p.input_c, values);
          }
          widen_steps(window, Contract::inputs(p), lanes);
          // With an odd number of channels the last pair has an output too many.
          tile.output[0] = p.output_c % 2 == 0 ? output : outputs;
          run_nibble_tile(&tile);
          if (p.output_c % 2 != 0) move_up(output, outputs, p.output_c);
          output += p.output_c;
        }
      }
    }
    if (p.activation_min > -128 || p.activation_max < 127) {
      clamp_values(b.output, p.batch * p.output_h * p.output_w * p.output_c, p.activation_min, p.activation_max);
    }
  }

  static constexpr int32_t pairs(const Params& p) { return (p.output_c + 1) / 2; }
  static constexpr int32_t steps(const Params& p) { return (Contract::inputs(p) + 7) / 8; }
  // Never outside the input: a window that needs no copy.
  static constexpr bool is_one_tap(const Params& p) {
    return p.kernel_h == 1 && p.kernel_w == 1 && p.pad_top == 0 && p.pad_left == 0 &&
           (p.output_h - 1) * p.stride_h < p.input_h && (p.output_w - 1) * p.stride_w < p.input_w;
  }
};

struct Conv2dS4Single : Conv2dS4SingleOf<ChannelPair> {};

// conv2d_s4_single for requantisations that it refuses: in the long form of detail/long_channel.hpp.
struct Conv2dS4SingleLong : Conv2dS4SingleOf<LongPair> {
  static constexpr double instructions(const Params& p) {
    return Conv2dS4SingleOf::instructions(p) + 3.0 * p.batch * p.output_h * p.output_w * p.output_c;
  }
};

}  // namespace tmc::kernels::armv7em
