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

// run_tile(tile) makes the outputs of one.
template <typename AnyChannel, bool kLanes, typename RunTile>
void run_pixel_tiles(const PixelRun<AnyChannel, kLanes>& run, const RunTile& run_tile) {
  run.blocks.for_each([&](auto& tile, int32_t first) {
    for_each_pixel_tile({run.input, run.output + first, run.pixels, run.input_c, run.blocks.count}, run.blocks.lanes(),
                        &tile, [&] { run_tile(tile); });
  });
}
template <typename AnyChannel, bool kLanes>
[[gnu::noinline]] void run_pixels(const PixelRun<AnyChannel, kLanes>& run) {
  run_pixel_tiles(run, [](const auto& tile) { run_pair_tile<kLanes>(&tile); });
}
// Of outputs that are table[output].
template <typename AnyChannel, bool kLanes>
[[gnu::noinline]] void run_table_pixels(const PixelRun<AnyChannel, kLanes>& run, const int8_t* table) {
  run_pixel_tiles(run, [table](const auto& tile) { run_pair_table_tile<kLanes>(&tile, table); });
}

template <typename AnyChannel, bool kLanes>
struct Conv2dS8PixelsOf : Conv2dS8Of<AnyChannel, kLanes> {
  using Base = Conv2dS8Of<AnyChannel, kLanes>;
  using typename Base::Buffers;
  using typename Base::Params;

  static constexpr bool applies(Params p) {
    flatten(p);
    return Base::applies(p) && windows_are_pixels(p);
  }
  static constexpr int64_t scratch_bytes(const Params& p) {
    return Base::Blocks::scratch_bytes(p.output_c, window_groups(p));
  }
  static constexpr double instructions(const Params& p) {
    const double tiles = (1.0 * p.batch * p.output_h * p.output_w + 2) / kTilePixels;
    return Base::instructions(p) - 50 * tiles;
  }

  static void run(Params p, Buffers b) {
    run_pixels(pixels_of(p, b));
    Base::clamp_outputs(p, b);
  }

 protected:
  static PixelRun<AnyChannel, kLanes> pixels_of(Params p, const Buffers& b) {
    flatten(p);
    return {Base::blocks_of(p, b), b.input, b.output, p.output_w, p.input_c};
  }
};

struct Conv2dS8Pixels : Conv2dS8PixelsOf<Channel, false> {};

// conv2d_s8_pixels for layers all of whose channels round once.
struct Conv2dS8PixelsOnce : Conv2dS8PixelsOf<OnceChannel, false> {};

// conv2d_s8_pixels for layers of few weights, which are unpacked to lanes first.
struct Conv2dS8PixelsLanes : Conv2dS8PixelsOf<Channel, true> {
  static constexpr const char* kInsteadOf = "conv2d_s8_pixels";
};

// conv2d_s8_pixels_once for layers of few weights, which are unpacked to lanes first.
struct Conv2dS8PixelsOnceLanes : Conv2dS8PixelsOf<OnceChannel, true> {
  static constexpr const char* kInsteadOf = "conv2d_s8_pixels_once";
};

}  // namespace tmc::kernels::armv7em
