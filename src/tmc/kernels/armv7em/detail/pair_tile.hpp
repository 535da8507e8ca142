// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The inner loop of the convolutions: three pixels by all output channels, two channels at a time.
//
// A weight word holds two channels of two inputs: each 16-bit lane is 256 * w1 + w0. SMLAD with the raw word sums
// 256 * S1 + S0, SXTB16 leaves w0 in the lanes, a second SMLAD sums S0, and S1 = (raw - S0) >> 8, exactly while
// |S1| < 2^23, which `pack` proves. Four multiply-accumulates for every weight word, which stays eight-bit in flash.

#include <stddef.h>

#include "tmc/kernels/armv7em/detail/channel.hpp"
#include "tmc/kernels/armv7em/detail/pair_assembly.hpp"

namespace tmc::kernels::armv7em {

// Two channels as the loop reads them, which round twice or all once.
template <typename Form>
struct PairOf {
  int32_t low, raw;  // where the sums begin: bias[0], and 256 * bias[1] + bias[0]
  Form requantization[2];
};
using ChannelPair = PairOf<Requantization>;

// Once a layer: one copy serves all.
template <typename AnyChannel>
[[gnu::noinline]] void unpack_pairs(const AnyChannel* channels, int32_t count,
                                    PairOf<typename AnyChannel::Form>* pairs) {
  for (const AnyChannel* end = channels + count; channels != end; channels += 2, ++pairs) {
    pairs->low = channels[0].bias();
    pairs->raw = wrapping_add(channels[1].bias_and_shift, pairs->low);
    pairs->requantization[0] = channels[0].requantization();
    pairs->requantization[1] = channels[1].requantization();
  }
}

// Weight words, each before its lanes of w0: what a loop that comes to them often need not extend every time. `count`
// is even.
[[gnu::noinline]] inline void unpack_lanes(const int32_t* words, int32_t count, int32_t* lanes) {
  for (const int32_t* end = words + count; words != end; words += 2, lanes += 4) {
    const int32_t first = words[0];
    const int32_t second = words[1];
    lanes[0] = first;
    lanes[1] = sxtb16(first);
    lanes[2] = second;
    lanes[3] = sxtb16(second);
  }
}

// The assembly reads the members by position.
template <typename Form>
struct PairTile {
  int8_t* output[3];  // of the three pixels; equal addresses get equal values
  int32_t output_zero_point;
  const PairOf<Form>* pairs;
  const PairOf<Form>* pairs_end;
  const int32_t* activations;  // [groups][2][3] lanes: inputs 0 and 2, then 1 and 3, of every pixel in turn
  const int32_t* weights;      // [channel pairs][groups][2]; with kLanes of unpack_lanes
  int32_t groups;              // of four inputs
};

#if TMC_ARMV7EM_ASSEMBLY
static_assert(offsetof(PairTile<Requantization>, output) == 0 &&
              offsetof(PairTile<Requantization>, output_zero_point) == 12 &&
              offsetof(PairTile<Requantization>, pairs) == 16 && offsetof(PairTile<Requantization>, pairs_end) == 20 &&
              offsetof(PairTile<Requantization>, activations) == 24 &&
              offsetof(PairTile<Requantization>, weights) == 28 && offsetof(PairTile<Requantization>, groups) == 32);
#endif

template <bool kLanes, typename Form>
void run_pair_tile(const PairTile<Form>* tile);
// The same of outputs that are table[output].
template <bool kLanes, typename Form>
void run_pair_table_tile(const PairTile<Form>* tile, const int8_t* table);

#if TMC_ARMV7EM_ASSEMBLY

template <>
[[gnu::naked, gnu::noinline]] inline void run_pair_tile<false>(const PairTile<Requantization>*) {
  asm volatile(TMC_PAIR_WORDS TMC_FINISH_PAIRS TMC_PAIR_TILE("68") TMC_PAIR_GROUPS_END TMC_FINISH_PAIRS_END);
}
template <>
[[gnu::naked, gnu::noinline]] inline void run_pair_tile<true>(const PairTile<Requantization>*) {
  asm volatile(TMC_PAIR_LANES TMC_FINISH_PAIRS TMC_PAIR_TILE("64") TMC_PAIR_GROUPS_END TMC_FINISH_PAIRS_END);
}
template <>
[[gnu::naked, gnu::noinline]] inline void run_pair_tile<false>(const PairTile<OneRounding>*) {
  asm volatile(TMC_PAIR_WORDS TMC_FINISH_PAIRS_ONCE TMC_PAIR_TILE("68") TMC_PAIR_GROUPS_END TMC_FINISH_PAIRS_END);
}
template <>
[[gnu::naked, gnu::noinline]] inline void run_pair_tile<true>(const PairTile<OneRounding>*) {
  asm volatile(TMC_PAIR_LANES TMC_FINISH_PAIRS_ONCE TMC_PAIR_TILE("64") TMC_PAIR_GROUPS_END TMC_FINISH_PAIRS_END);
}

template <>
[[gnu::naked, gnu::noinline]] inline void run_pair_table_tile<false>(const PairTile<Requantization>*, const int8_t*) {
  asm volatile(TMC_PAIR_WORDS TMC_LOOK_PAIRS_UP(TMC_ROUND_PAIRS) TMC_PAIR_TABLE_TILE("68")
                   TMC_PAIR_GROUPS_END TMC_FINISH_PAIRS_END);
}
template <>
[[gnu::naked, gnu::noinline]] inline void run_pair_table_tile<true>(const PairTile<Requantization>*, const int8_t*) {
  asm volatile(TMC_PAIR_LANES TMC_LOOK_PAIRS_UP(TMC_ROUND_PAIRS) TMC_PAIR_TABLE_TILE("64")
                   TMC_PAIR_GROUPS_END TMC_FINISH_PAIRS_END);
}
template <>
[[gnu::naked, gnu::noinline]] inline void run_pair_table_tile<false>(const PairTile<OneRounding>*, const int8_t*) {
  asm volatile(TMC_PAIR_WORDS TMC_LOOK_PAIRS_UP(TMC_ROUND_PAIRS_ONCE) TMC_PAIR_TABLE_TILE("68")
                   TMC_PAIR_GROUPS_END TMC_FINISH_PAIRS_END);
}
template <>
[[gnu::naked, gnu::noinline]] inline void run_pair_table_tile<true>(const PairTile<OneRounding>*, const int8_t*) {
  asm volatile(TMC_PAIR_LANES TMC_LOOK_PAIRS_UP(TMC_ROUND_PAIRS_ONCE) TMC_PAIR_TABLE_TILE("64")
                   TMC_PAIR_GROUPS_END TMC_FINISH_PAIRS_END);
}

#else

// Gives every output as finish(output).
template <bool kLanes, typename Form, typename Finish>
void run_pairs(const PairTile<Form>* tile, const Finish& finish) {
  const int32_t* weights = tile->weights;
  int32_t offset = 0;
  for (const PairOf<Form>* pair = tile->pairs; pair != tile->pairs_end; ++pair, offset += 2) {
    int32_t low[3] = {pair->low, pair->low, pair->low};
    int32_t raw[3] = {pair->raw, pair->raw, pair->raw};
    const int32_t* activations = tile->activations;
    for (int32_t i = 0; i < 2 * tile->groups; ++i, activations += 3) {
      const int32_t word = *weights++;
      const int32_t lanes = kLanes ? *weights++ : sxtb16(word);
      for (int j = 0; j < 3; ++j) {
        raw[j] = smlad(word, activations[j], raw[j]);
        low[j] = smlad(lanes, activations[j], low[j]);
      }
    }
    for (int i = 0; i < 3; ++i) {
      int8_t* output = tile->output[i] + offset;
      const int32_t second = wrapping_subtract(raw[i], low[i]) >> 8;
      output[0] = finish(requantize(low[i], pair->requantization[0], tile->output_zero_point));
      output[1] = finish(requantize(second, pair->requantization[1], tile->output_zero_point));
    }
  }
}

template <bool kLanes, typename Form>
void run_pair_tile(const PairTile<Form>* tile) {
  run_pairs<kLanes>(tile, [](int8_t value) { return value; });
}
template <bool kLanes, typename Form>
void run_pair_table_tile(const PairTile<Form>* tile, const int8_t* table) {
  run_pairs<kLanes>(tile, [table](int8_t value) { return table[value]; });
}

#endif

}  // namespace tmc::kernels::armv7em
