// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The inner loop of the convolutions whose weights four bits hold: one or three pixels by all output channels, two
// channels at a time.
//
// A weight word holds two channels of four inputs: each byte is 16 * w1 + w0. SXTB16 makes lanes of these, with which
// SMLAD sums 16 * S1 + S0; of the lower halves of its bytes, shifted left by four, it leaves 16 * w0, which sums
// 16 * S0. A group's sums, which are 16 * S0 and 16 * (16 * S1 + S0) - 16 * S0 = 256 * S1, times its multipliers go to
// the channels' sums; those are exact while they have 24 bits, which `pack` proves.

#include <stddef.h>

#include "tmc/kernels/armv7em/detail/long_tile.hpp"
#include "tmc/kernels/armv7em/detail/pair_tile.hpp"

namespace tmc::kernels::armv7em {

// The assembly reads the members by position.
template <int kPixels, typename Pair = ChannelPair>
struct NibbleTile {
  int8_t* output[kPixels];
  int32_t output_zero_point;
  const Pair* pairs;
  const Pair* pairs_end;
  const int32_t* activations;  // [words][2][pixels] lanes: inputs 0 and 2, then 1 and 3, of every pixel in turn
  const uint8_t* multipliers;  // [channel pairs][groups]: of the second channel in the upper bits, each less one
  int32_t pair_bytes;          // weights of a channel pair
  int32_t group_bytes;         // of these what shares a multiplier; the last group may be shorter
  const int32_t* weights;      // [channel pairs][words of four inputs]
};

#if TMC_ARMV7EM_ASSEMBLY

static_assert(offsetof(NibbleTile<2>, output) == 0 && offsetof(NibbleTile<2>, output_zero_point) == 8 &&
              offsetof(NibbleTile<2>, pairs) == 12 && offsetof(NibbleTile<2>, pairs_end) == 16 &&
              offsetof(NibbleTile<2>, activations) == 20 && offsetof(NibbleTile<2>, multipliers) == 24 &&
              offsetof(NibbleTile<2>, pair_bytes) == 28 && offsetof(NibbleTile<2>, group_bytes) == 32 &&
              offsetof(NibbleTile<2>, weights) == 36);

// r0 activations, r1 weights, r2 weight word, r3 its lower halves, lr lanes of either, r4-r6 raw sums, r7-r9 sums of
// 16 * w0, r10-r12 activation words. The stack holds the first nine members of the tile, [36] group_bytes, [40] [44]
// the ends of the group's and the pair's weights, [48] [60] the channels' sums. The loop takes eight words a turn, 84
// bytes of code each; the first turn of a group enters where as many are left as the group has above a multiple of
// eight.
[[gnu::naked, gnu::noinline]] inline void run_nibble_tile(const NibbleTile<3>*) {
  asm volatile(TMC_FINISH_PAIRS R"(
    push.w {r4-r11, lr}
    sub sp, sp, #72
    ldm.w r0, {r1-r11}
    stm.w sp, {r1-r10}
    mov r1, r11

  1:
    ldr r12, [sp, #16]
    ldrd r2, r3, [r12]
    sub r3, r3, r2
    lsl r2, r2, #4
    strd r2, r2, [sp, #48]
    strd r2, r3, [sp, #56]
    strd r3, r3, [sp, #64]
    ldr r2, [sp, #32]
    add r2, r2, r1
    str r2, [sp, #44]
    ldr r0, [sp, #24]

  4:
    ldr r2, [sp, #36]
    ldr r3, [sp, #44]
    add r2, r2, r1
    cmp r2, r3
    it hi
    movhi r2, r3
    str r2, [sp, #40]
    sub r2, r1, r2
    and r2, r2, #28
    mov r3, #21
    mul r2, r2, r3
    adr.w r3, 2f
    add r2, r2, r3
    add r2, r2, #1
    mov r4, #0
    mov r5, #0
    mov r6, #0
    mov r7, #0
    mov r8, #0
    mov r9, #0
    bx r2
    .balign 4
  2:
    .rept 8
    ldr.w r2, [r1], #4
    ldm.w r0!, {r10, r11, r12}
    lsl.w r3, r2, #4
    and.w r3, r3, #0xf0f0f0f0
    sxtb16.w lr, r2
    smlad r4, lr, r10, r4
    smlad r5, lr, r11, r5
    smlad r6, lr, r12, r6
    sxtb16.w lr, r3
    smlad r7, lr, r10, r7
    smlad r8, lr, r11, r8
    smlad r9, lr, r12, r9
    ldm.w r0!, {r10, r11, r12}
    sxtb16.w lr, r2, ror #8
    smlad r4, lr, r10, r4
    smlad r5, lr, r11, r5
    smlad r6, lr, r12, r6
    sxtb16.w lr, r3, ror #8
    smlad r7, lr, r10, r7
    smlad r8, lr, r11, r8
    smlad r9, lr, r12, r9
    .endr
    ldr r3, [sp, #40]
    cmp r1, r3
    bne.w 2b

    ldr r2, [sp, #28]
    ldrb r3, [r2], #1
    str r2, [sp, #28]
    and r2, r3, #15
    add r2, r2, #1
    lsr r3, r3, #4
    add r3, r3, #1
    rsb r4, r7, r4, lsl #4
    rsb r5, r8, r5, lsl #4
    rsb r6, r9, r6, lsl #4
    add lr, sp, #48
    ldm.w lr, {r10, r11, r12}
    mla r7, r7, r2, r10
    mla r8, r8, r2, r11
    mla r9, r9, r2, r12
    stm.w lr!, {r7, r8, r9}
    ldm.w lr, {r10, r11, r12}
    mla r4, r4, r3, r10
    mla r5, r5, r3, r11
    mla r6, r6, r3, r12
    stm.w lr, {r4, r5, r6}
    ldr r2, [sp, #44]
    cmp r1, r2
    bne.w 4b

    asr r4, r4, #8
    asr r5, r5, #8
    asr r6, r6, #8
    asr r7, r7, #4
    asr r8, r8, #4
    asr r9, r9, #4
    ldr r12, [sp, #16]
    add r12, r12, #8
    tmc_finish_pairs
    str r12, [sp, #16]
    bne.w 1b
    add sp, sp, #72
    pop.w {r4-r11, pc}
  )" TMC_FINISH_PAIRS_END);
}

#endif

// Adds what the words of a group come to, times its multipliers, to the sums of the first channel, which are 16 times,
// and of the second, which are 256 times what they stand for.
template <int kPixels>
inline void add_nibble_group(const int32_t* weights, const int32_t* end, const int32_t* activations,
                             uint32_t multipliers, int32_t* first, int32_t* second) {
  int32_t raw[kPixels] = {};
  int32_t low[kPixels] = {};
  for (; weights != end; ++weights, activations += 2 * kPixels) {
    const int32_t word = *weights;
    const auto lower = static_cast<int32_t>(static_cast<uint32_t>(word) << 4 & 0xF0F0F0F0U);
#pragma GCC unroll 3
    for (int i = 0; i < kPixels; ++i) {
      raw[i] = smlad(sxtb16(word), activations[i], raw[i]);
      raw[i] = smlad(sxtb16_ror8(word), activations[kPixels + i], raw[i]);
      low[i] = smlad(sxtb16(lower), activations[i], low[i]);
      low[i] = smlad(sxtb16_ror8(lower), activations[kPixels + i], low[i]);
    }
  }
  const uint32_t multiplier[] = {(multipliers & 15) + 1, (multipliers >> 4) + 1};
#pragma GCC unroll 3
  for (int i = 0; i < kPixels; ++i) {
    const auto sum = static_cast<uint32_t>(low[i]);
    first[i] = wrapping_add(first[i], static_cast<int32_t>(multiplier[0] * sum));
    second[i] =
        wrapping_add(second[i], static_cast<int32_t>(multiplier[1] * ((static_cast<uint32_t>(raw[i]) << 4) - sum)));
  }
}

// What a pair's sums begin with, and what becomes of them: with its biases, or in the long form after them.
inline void begin_nibbles(const ChannelPair& pair, int32_t& first, int32_t& second) {
  first = static_cast<int32_t>(static_cast<uint32_t>(pair.low) << 4);
  second = wrapping_subtract(pair.raw, pair.low);
}
inline void finish_nibbles(const ChannelPair& pair, int32_t first, int32_t second, int32_t zero_point, int8_t* output) {
  output[0] = requantize(first, pair.requantization[0], zero_point);
  output[1] = requantize(second, pair.requantization[1], zero_point);
}
inline void begin_nibbles(const LongPair&, int32_t& first, int32_t& second) {
  first = second = 0;
}
inline void finish_nibbles(const LongPair& pair, int32_t first, int32_t second, int32_t zero_point, int8_t* output) {
  output[0] = requantize(wrapping_add(first, pair.first.bias()), pair.first.form, zero_point);
  output[1] = requantize(wrapping_add(second, pair.second.bias()), pair.second.form, zero_point);
}

template <int kPixels, typename Pair>
[[gnu::noinline]] inline void run_nibble_tile(const NibbleTile<kPixels, Pair>* tile) {
  const int32_t* weights = tile->weights;
  const uint8_t* multipliers = tile->multipliers;
  const int32_t group_words = tile->group_bytes / 4;
  int32_t offset = 0;
  for (const Pair* pair = tile->pairs; pair != tile->pairs_end; ++pair, offset += 2) {
    int32_t first[kPixels], second[kPixels];
#pragma GCC unroll 3
    for (int i = 0; i < kPixels; ++i) begin_nibbles(*pair, first[i], second[i]);
    const int32_t* activations = tile->activations;
    for (const int32_t* end = weights + tile->pair_bytes / 4; weights != end;) {
      const int32_t* group_end = end - weights < group_words ? end : weights + group_words;
      add_nibble_group<kPixels>(weights, group_end, activations, *multipliers++, first, second);
      activations += 2 * kPixels * (group_end - weights);
      weights = group_end;
    }
#pragma GCC unroll 3
    for (int i = 0; i < kPixels; ++i) {
      finish_nibbles(*pair, first[i] >> 4, second[i] >> 8, tile->output_zero_point, tile->output[i] + offset);
    }
  }
}

// Pairs as the loop reads them: unpacked into scratch from the short form, or as `pack` lays them out.
template <typename Pair>
constexpr int32_t unpacked_bytes() {
  return 0;
}
template <>
constexpr int32_t unpacked_bytes<ChannelPair>() {
  return sizeof(ChannelPair);
}
template <typename Pair>
const Pair* ready_pairs(const void* channels, int32_t, void*) {
  return static_cast<const Pair*>(channels);
}
template <>
inline const ChannelPair* ready_pairs<ChannelPair>(const void* channels, int32_t count, void* scratch) {
  auto* pairs = static_cast<ChannelPair*>(scratch);
  unpack_pairs(static_cast<const Channel*>(channels), count, pairs);
  return pairs;
}

}  // namespace tmc::kernels::armv7em
