// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Sums of products of one row of widened inputs, four outputs at a time, by groups of four inputs. Weights are 16-bit
// lanes in flash, eleven instructions for sixteen products, or pairs of outputs in a word (detail/pair_tile.hpp),
// fourteen. Sums modulo 2^32; of pairs as long as the second sum, without its bias, is below 2^23.

#include <stddef.h>

#include "tmc/kernels/armv7em/detail/single_rows.hpp"
#include "tmc/kernels/armv7em/detail/window.hpp"

namespace tmc::kernels::armv7em {

inline constexpr int32_t kDenseBlock = 4;  // outputs

// The assembly reads the members by position.
struct DenseRows {
  const int32_t* activations;  // [groups][2] lanes: inputs 0 and 2, then 1 and 3
  const int32_t* weights;      // [blocks][groups][words of a group]
  const int32_t* bias;         // [blocks][4 outputs]
  int32_t* sums;               // of whole blocks
  int32_t* sums_end;
  int32_t groups;  // of four inputs, one or more; of bytes steps of eight
};

#if TMC_ARMV7EM_ASSEMBLY

static_assert(offsetof(DenseRows, activations) == 0 && offsetof(DenseRows, weights) == 4 &&
              offsetof(DenseRows, bias) == 8 && offsetof(DenseRows, sums) == 12 &&
              offsetof(DenseRows, sums_end) == 16 && offsetof(DenseRows, groups) == 20);

// r0 activations, r1 weights, r2-r5 weight words, r6 r7 activation words, r8-r11 sums, r12 the bias, lr turns left. The
// stack holds sums, their end, the activations, the number of turns and where the first one enters. BEGIN readies
// r8-r11, GROUP is GROUP_BYTES of code, eight a turn, and END leaves the sums in the registers SUMS.
// clang-format off
#define TMC_DENSE_ROWS(BEGIN, GROUP, GROUP_BYTES, END, SUMS)                                                           \
  ".macro tmc_dense_group\n ldrd r6, r7, [r0], #8\n ldm.w r1!, {r2, r3, r4, r5}\n" GROUP ".endm\n"                     \
  "push.w {r4-r11, lr}\n ldm.w r0, {r0, r1, r2, r3, r4, r5}\n mov r12, r2\n"                                           \
  "rsb r6, r5, #0\n and r6, r6, #7\n mov r7, #" GROUP_BYTES "\n mul r6, r6, r7\n adr.w r7, 2f\n add r6, r6, r7\n"      \
  "add r6, r6, #1\n add r5, r5, #7\n lsr r5, r5, #3\n sub sp, sp, #24\n"                                               \
  "strd r3, r4, [sp]\n strd r0, r5, [sp, #8]\n str r6, [sp, #16]\n"                                                    \
  "1:\n" BEGIN "ldrd r0, lr, [sp, #8]\n ldr.w pc, [sp, #16]\n .balign 4\n"                                             \
  "2:\n .rept 8\n tmc_dense_group\n .endr\n subs.w lr, lr, #1\n bne.w 2b\n"                                            \
  END "ldrd r6, r7, [sp]\n stm.w r6!, " SUMS "\n str r6, [sp]\n cmp r6, r7\n bne.w 1b\n"                               \
  "add sp, sp, #24\n pop.w {r4-r11, pc}\n .purgem tmc_dense_group\n"

#define TMC_LANE_PRODUCTS(ACTIVATION)                                                                                  \
  "smlad r8, r2, " ACTIVATION ", r8\n smlad r9, r3, " ACTIVATION ", r9\n"                                              \
  "smlad r10, r4, " ACTIVATION ", r10\n smlad r11, r5, " ACTIVATION ", r11\n"
#define TMC_PAIR_PRODUCTS(WORD, ACTIVATION, RAW, LOW)                                                                  \
  "smlad " RAW ", " WORD ", " ACTIVATION ", " RAW "\n sxtb16.w " WORD ", " WORD "\n"                                   \
  "smlad " LOW ", " WORD ", " ACTIVATION ", " LOW "\n"
// clang-format on

// Weights: [2 words][4 outputs] lanes.
[[gnu::naked, gnu::noinline]] inline void run_lane_rows(const DenseRows*) {
  asm volatile(TMC_DENSE_ROWS("ldm.w r12!, {r8, r9, r10, r11}\n",
                              TMC_LANE_PRODUCTS("r6") "ldm.w r1!, {r2, r3, r4, r5}\n" TMC_LANE_PRODUCTS("r7"), "44", "",
                              "{r8, r9, r10, r11}"));
}

// Weights: [2 pairs][2 words].
[[gnu::naked, gnu::noinline]] inline void run_pair_rows(const DenseRows*) {
  asm volatile(TMC_DENSE_ROWS(
      "mov r8, #0\n mov r9, #0\n mov r10, #0\n mov r11, #0\n",
      TMC_PAIR_PRODUCTS("r2", "r6", "r8", "r9") TMC_PAIR_PRODUCTS("r3", "r7", "r8", "r9")
          TMC_PAIR_PRODUCTS("r4", "r6", "r10", "r11") TMC_PAIR_PRODUCTS("r5", "r7", "r10", "r11"),
      "56",
      "ldm.w r12!, {r2, r3, r4, r5}\n sub r8, r8, r9\n sub r10, r10, r11\n add r2, r2, r9\n add r4, r4, r11\n"
      "add.w r3, r3, r8, asr #8\n add.w r5, r5, r10, asr #8\n",
      "{r2, r3, r4, r5}"));
}

#else

inline void run_lane_rows(const DenseRows* rows) {
  const int32_t* weights = rows->weights;
  const int32_t* bias = rows->bias;
  for (int32_t* sums = rows->sums; sums != rows->sums_end; sums += kDenseBlock, bias += kDenseBlock) {
    for (int32_t i = 0; i < kDenseBlock; ++i) sums[i] = bias[i];
    for (int32_t word = 0; word < 2 * rows->groups; ++word, weights += kDenseBlock) {
      for (int32_t i = 0; i < kDenseBlock; ++i) sums[i] = smlad(weights[i], rows->activations[word], sums[i]);
    }
  }
}

inline void run_pair_rows(const DenseRows* rows) {
  const int32_t* weights = rows->weights;
  const int32_t* bias = rows->bias;
  for (int32_t* sums = rows->sums; sums != rows->sums_end; sums += kDenseBlock, bias += kDenseBlock) {
    int32_t raw[2] = {};
    int32_t low[2] = {};
    for (int32_t group = 0; group < rows->groups; ++group) {
      for (int32_t i = 0; i < 4; ++i, ++weights) {
        const int32_t activation = rows->activations[2 * group + i % 2];
        raw[i / 2] = smlad(*weights, activation, raw[i / 2]);
        low[i / 2] = smlad(sxtb16(*weights), activation, low[i / 2]);
      }
    }
    for (int32_t pair = 0; pair < 2; ++pair) {
      sums[2 * pair] = wrapping_add(bias[2 * pair], low[pair]);
      sums[2 * pair + 1] = wrapping_add(bias[2 * pair + 1], wrapping_subtract(raw[pair], low[pair]) >> 8);
    }
  }
}

#endif

// Rows of each kind. Costs are instructions of a block and of a step of it.
struct LaneRows {
  static constexpr int32_t kInputs = 4, kWords = 8;
  static constexpr double kBlockCost = 11, kStepCost = 11;

  static void widen(const int8_t* from, int32_t count, int32_t* lanes) { widen_values<1>(from, count, lanes); }
  static void run(const DenseRows& rows) { run_lane_rows(&rows); }
};

struct PairRows {
  static constexpr int32_t kInputs = 4, kWords = 4;
  static constexpr int32_t kMostInputs = 512;  // the second sum of a pair is below 2^23
  static constexpr double kBlockCost = 21, kStepCost = 14;

  static void widen(const int8_t* from, int32_t count, int32_t* lanes) { widen_values<1>(from, count, lanes); }
  static void run(const DenseRows& rows) { run_pair_rows(&rows); }
};

// Of detail/single_rows.hpp.
struct ByteRows {
  static constexpr int32_t kInputs = 8, kWords = 8;
  static constexpr double kBlockCost = 50, kStepCost = 38;

  static void widen(const int8_t* from, int32_t count, int32_t* lanes) { widen_steps(from, count, lanes); }
  static void run(const DenseRows& rows) {
    const auto outputs = static_cast<int32_t>(rows.sums_end - rows.sums);
    for (int32_t i = 0; i < outputs; ++i) rows.sums[i] = rows.bias[i];
    add_single_rows(rows.activations, rows.weights, rows.groups, rows.groups, outputs / kDenseBlock, rows.sums);
  }
};

}  // namespace tmc::kernels::armv7em
