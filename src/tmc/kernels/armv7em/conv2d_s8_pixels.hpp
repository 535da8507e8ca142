// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// conv2d_s8 for windows that are single pixels, one after the other: most layers of a mobile network. Constants would
// make little faster here, so that all layers share one function.

#include "tmc/kernels/armv7em/conv2d_s8.hpp"

namespace tmc::kernels::armv7em {

template <typename AnyChannel, bool kLanes>
struct PixelRun {
  PairBlocks<AnyChannel, kLanes> blocks;
  const int8_t* input;
  int8_t* output;
  int32_t pixels, input_c;
};

// The values of three pixels after their whole groups, one or two each.
inline void put_tails(const WindowTile& pixels, int32_t tail) {
  const int32_t offset = 4 * pixels.groups;
  auto* to = reinterpret_cast<char*>(pixels.lanes + 6 * pixels.groups);
  put_lane(pixels.first[offset], to);
  put_lane(pixels.second[offset], to + 4);
  put_lane(pixels.third[offset], to + 8);
  if (tail == 1) return;
  put_lane(pixels.first[offset + 1], to + 2);
  put_lane(pixels.second[offset + 1], to + 6);
  put_lane(pixels.third[offset + 1], to + 10);
}

template <typename AnyChannel, bool kLanes>
[[gnu::noinline]] void run_pixels(const PixelRun<AnyChannel, kLanes>& run) {
  run.blocks.for_each([&run](auto& tile, int32_t first) {
    const int32_t input_c = run.input_c;
    const int32_t output_c = run.blocks.count;
    const int8_t* input = run.input;
    int8_t* output = run.output + first;
    WindowTile pixels{nullptr, input_c / 4, run.blocks.lanes(), nullptr, 1, {}, nullptr};
    for (int32_t left = run.pixels; left > 0; left -= kTilePixels) {
      pixels.first = input;
      tile.output[0] = output;
      if (left > 1) {
        input += input_c;
        output += output_c;
      }
      pixels.second = input;
      tile.output[1] = output;
      if (left > 2) {
        input += input_c;
        output += output_c;
      }
      pixels.third = input;
      tile.output[2] = output;
      input += input_c;
      output += output_c;
      if (input_c >= 4) widen_windows(&pixels);
      if (input_c % 4 > 0) put_tails(pixels, input_c % 4);
      run_pair_tile<kLanes>(&tile);
    }
  });
}

template <typename AnyChannel, bool kLanes>
struct Conv2dS8PixelsOf : Conv2dS8Of<AnyChannel, kLanes> {
  using Base = Conv2dS8Of<AnyChannel, kLanes>;
  using typename Base::Buffers;
  using typename Base::Params;

  // Three channels of a group of four would be read beyond the last pixel.
  static constexpr bool applies(Params p) {
    flatten(p);
    return Base::applies(p) && p.kernel_h * p.kernel_w == 1 && p.stride_w == 1 && p.batch * p.output_h == 1 &&
           windows_are_inside(p);
  }
  static constexpr int64_t scratch_bytes(const Params& p) {
    return Base::Blocks::scratch_bytes(p.output_c, window_groups(p));
  }
  static constexpr double instructions(const Params& p) {
    const double tiles = (1.0 * p.batch * p.output_h * p.output_w + 2) / kTilePixels;
    return Base::instructions(p) - 50 * tiles;
  }

  static void run(Params p, Buffers b) {
    flatten(p);
    run_pixels(PixelRun<AnyChannel, kLanes>{Base::blocks_of(p, b), b.input, b.output, p.output_w, p.input_c});
    Base::clamp_outputs(p, b);
  }
};

struct Conv2dS8Pixels : Conv2dS8PixelsOf<Channel, false> {};

}  // namespace tmc::kernels::armv7em
