// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Convolution over int16 activations, without groups, for sums that `pack` proves to have 32 bits: the windows of three
// pixels are gathered in scratch, and two output channels at a time run over them (detail/int16_tile.hpp).

#include "tmc/kernels/armv7em/detail/int16_channel.hpp"
#include "tmc/kernels/armv7em/detail/int16_window.hpp"
#include "tmc/kernels/armv7em/detail/single_rows.hpp"
#include "tmc/kernels/contract/conv2d.hpp"
#include "tmc/kernels/contract/detail/forward_slack.hpp"

namespace tmc::kernels::armv7em {

// Of channels that are rescaled in one instruction or in two (detail/int16_channel.hpp).
template <typename AnyChannel>
struct Conv2dS16Of : ImplementationOf<kernels::Conv2dS16> {
  static constexpr bool applies(const Params& p) { return p.groups == 1 && Contract::is_symmetric(p); }
  static constexpr int64_t scratch_bytes(const Params& p) {
    return kTilePixels * (16 * int64_t{steps(p)} + copy_bytes(in_bytes(p)));
  }
  // The windows of a tile are read as a whole before its outputs are written.
  static constexpr Overlap overlap(const Params& p, int) { return forward_overlap(p, kTilePixels, {2, 2}); }
  static constexpr double instructions(const Params& p) {
    const double tiles = (1.0 * p.batch * p.output_h * p.output_w + 2) / 3;
    return 50 + tiles * (100 + 60.0 * p.kernel_h + 36 * steps(p) + pairs(p) * (65 + 42.0 * steps(p)));
  }

  static void run(Params p, Buffers b) {
    Params bytes = in_bytes(p);
    flatten(bytes);
    auto* lanes = static_cast<int32_t*>(b.scratch);
    auto* copies = reinterpret_cast<int8_t*>(lanes + kTilePixels * 4 * steps(p));
    const auto* input = reinterpret_cast<const int8_t*>(b.input);
    for_each_tile<gather_int16>(bytes, input, reinterpret_cast<int8_t*>(b.output), copies, lanes,
                                [&](const Cursor(&cursors)[kTilePixels]) { run_channels(p, b, cursors); });
  }

  static constexpr int32_t pairs(const Params& p) { return (p.output_c + 1) / 2; }
  static constexpr int32_t steps(const Params& p) { return steps_of_eight(p.kernel_h * p.kernel_w * p.input_c); }

 private:
  static void run_channels(const Params& p, const Buffers& b, const Cursor (&cursors)[kTilePixels]) {
    const auto* channels = static_cast<const AnyChannel*>(b.channels);
    const auto* weights = static_cast<const int32_t*>(b.weights);
    auto* first = reinterpret_cast<int16_t*>(cursors[0].output);
    auto* second = reinterpret_cast<int16_t*>(cursors[1].output);
    auto* third = reinterpret_cast<int16_t*>(cursors[2].output);
    const auto put = [&](const int32_t* sums, const AnyChannel& channel) {
      *first++ = rescale(sums[0], channel, p.activation_min, p.activation_max);
      *second++ = rescale(sums[1], channel, p.activation_min, p.activation_max);
      *third++ = rescale(sums[2], channel, p.activation_min, p.activation_max);
    };
    for (int32_t left = p.output_c; left > 0; left -= 2, channels += 2) {
      const int32_t low = channels[0].bias;
      const int32_t high = channels[1].bias;
      int32_t sums[] = {low, low, low, high, high, high};
      const Int16Tile tile{static_cast<const int32_t*>(b.scratch), weights, weights + 4 * steps(p), sums};
      run_int16_tile(&tile);
      weights = tile.weights_end;
      put(sums, channels[0]);
      if (left > 1) put(sums + 3, channels[1]);
    }
  }
};

struct Conv2dS16 : Conv2dS16Of<ShortChannel> {};

// conv2d_s16 for multipliers of a half and more, whose channels are rescaled in two instructions.
struct Conv2dS16Steep : Conv2dS16Of<SteepChannel> {
  static constexpr double instructions(const Params& p) {
    return Conv2dS16Of::instructions(p) + 2.0 * p.batch * p.output_h * p.output_w * p.output_c;
  }
};

}  // namespace tmc::kernels::armv7em
