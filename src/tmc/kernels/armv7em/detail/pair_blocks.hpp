// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Output channels of a convolution in blocks, so that scratch does not grow with them: a block is unpacked, then all
// tiles of pixels run over it (detail/pair_tile.hpp).

#include "tmc/kernels/armv7em/detail/pair_tile.hpp"
#include "tmc/kernels/armv7em/detail/pixel_tiles.hpp"

namespace tmc::kernels::armv7em {

inline constexpr int32_t kBlockChannels = 512;
constexpr int32_t channels_of_block(int32_t channels, int32_t first) {
  return channels - first < kBlockChannels ? channels - first : kBlockChannels;
}

// With kLanes the weights are unpacked into scratch first.
template <typename AnyChannel, bool kLanes>
struct PairBlocks {
  using Pair = PairOf<typename AnyChannel::Form>;
  using Tile = PairTile<typename AnyChannel::Form>;

  const AnyChannel* channels;
  const int32_t* weights;
  int32_t count;   // of channels, even
  int32_t groups;  // of four inputs of a window
  int32_t output_zero_point;
  void* scratch;  // of scratch_bytes: the pairs of a block, the lanes of a tile, those of the weights

  static constexpr int64_t weight_lanes_bytes(int32_t count, int32_t groups) {
    return kLanes ? int64_t{8} * count * groups : 0;
  }
  static constexpr int64_t scratch_bytes(int32_t count, int32_t groups) {
    return channels_of_block(count, 0) / 2 * int64_t{sizeof(Pair)} + tile_lanes_bytes(groups) +
           weight_lanes_bytes(count, groups);
  }

  int32_t* lanes() const {
    return reinterpret_cast<int32_t*>(static_cast<Pair*>(scratch) + channels_of_block(count, 0) / 2);
  }

  // Calls run_block(tile, first) for every block, whose first channel that is. The outputs of the tile are open.
  template <typename RunBlock>
  void for_each(const RunBlock& run_block) const {
    auto* const pairs = static_cast<Pair*>(scratch);
    int32_t* const weight_lanes = lanes() + tile_lanes_bytes(groups) / 4;
    if (kLanes) unpack_lanes(weights, count * groups, weight_lanes);
    for (int32_t first = 0; first < count; first += kBlockChannels) {
      const int32_t of_block = channels_of_block(count, first);
      unpack_pairs(channels + first, of_block, pairs);
      const int32_t* block = kLanes ? weight_lanes + 2 * first * groups : weights + first * groups;
      Tile tile{{}, output_zero_point, pairs, pairs + of_block / 2, lanes(), block, groups};
      run_block(tile, first);
    }
  }
};

}  // namespace tmc::kernels::armv7em
