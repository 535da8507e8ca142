// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Sums of weights of complete trees of one depth. The code is a tree itself: the test at every place of a tree has
// instructions of its own, which know where in a tree's block that test lies. Four instructions a level, five at the
// lowest: the slot and the threshold in one load, the key, the comparison, the branch.
//
// A block is a subtree of the trees' depth and then the slots of its lowest tests, a byte each, up to a whole word. A
// subtree of height 1 is a threshold and the weights of its two leaves, a higher one the byte offset of a key, a
// threshold, and the subtrees below and above it. Keys and thresholds are signed.

#include "tmc/kernels/armv7em/detail/intrinsics.hpp"

namespace tmc::kernels::armv7em {

constexpr int32_t subtree_bytes(int32_t height) {
  return (20 << (height - 1)) - 8;
}
constexpr int32_t tree_block_bytes(int32_t depth) {
  return subtree_bytes(depth) + ((1 << (depth - 1)) + 3) / 4 * 4;
}

// Of the trees whose blocks begin at `first` and, the last of them, at `last`; kDepth is 2 to 6.
template <int32_t kDepth>
float sum_of_trees(const uint32_t* first, const uint32_t* last, const int32_t* keys);

#if TMC_ARMV7EM_ASSEMBLY

// r0 block, r1 the last one, r2 keys, r3 and r12 a key's offset and the key, then the threshold; s0 the sum.
// clang-format off
#define TMC_SUM_OF_TREES(DEPTH)                                                                                        \
  ".macro tmc_leaf at\n vldr.32 s1, [r0, #\\at]\n vadd.f32 s0, s0, s1\n cmp r0, r1\n bne.w 1b\n bx lr\n .endm\n"       \
  ".macro tmc_subtree height, at, slot\n .if \\height > 1\n .if \\at > 0\n ldrd r3, r12, [r0, #\\at]\n .endif\n"       \
  "ldr.w r3, [r2, r3]\n cmp r3, r12\n bge .Ltmc_above_\\@\n"                                                           \
  "tmc_subtree (\\height-1), (\\at+8), \\slot\n .Ltmc_above_\\@:\n"                                                    \
  "tmc_subtree (\\height-1), (\\at+(20<<(\\height-2))), (\\slot+(1<<(\\height-2)))\n .else\n"                          \
  "ldrb.w r3, [r0, #((20<<(" DEPTH "-1))-8+\\slot)]\n ldr.w r12, [r0, #\\at]\n ldr.w r3, [r2, r3, lsl #2]\n"           \
  "cmp r3, r12\n bge 3f\n tmc_leaf (\\at+4)\n 3:\n tmc_leaf (\\at+8)\n .endif\n .endm\n"                               \
  ".set tmc_tree_bytes, (20<<(" DEPTH "-1))-8+((1<<(" DEPTH "-1))+3)/4*4\n"                                            \
  "movs r3, #0\n vmov s0, r3\n sub r0, r0, #tmc_tree_bytes\n 1:\n ldrd r3, r12, [r0, #tmc_tree_bytes]!\n"              \
  "tmc_subtree " DEPTH ", 0, 0\n .purgem tmc_leaf\n .purgem tmc_subtree\n"
// clang-format on

template <>
[[gnu::naked, gnu::noinline]] inline float sum_of_trees<2>(const uint32_t*, const uint32_t*, const int32_t*) {
  asm volatile(TMC_SUM_OF_TREES("2"));
}
template <>
[[gnu::naked, gnu::noinline]] inline float sum_of_trees<3>(const uint32_t*, const uint32_t*, const int32_t*) {
  asm volatile(TMC_SUM_OF_TREES("3"));
}
template <>
[[gnu::naked, gnu::noinline]] inline float sum_of_trees<4>(const uint32_t*, const uint32_t*, const int32_t*) {
  asm volatile(TMC_SUM_OF_TREES("4"));
}
template <>
[[gnu::naked, gnu::noinline]] inline float sum_of_trees<5>(const uint32_t*, const uint32_t*, const int32_t*) {
  asm volatile(TMC_SUM_OF_TREES("5"));
}
template <>
[[gnu::naked, gnu::noinline]] inline float sum_of_trees<6>(const uint32_t*, const uint32_t*, const int32_t*) {
  asm volatile(TMC_SUM_OF_TREES("6"));
}

#else

template <int32_t kDepth>
float sum_of_trees(const uint32_t* first, const uint32_t* last, const int32_t* keys) {
  float sum = 0;
  for (const uint32_t* block = first;; block += tree_block_bytes(kDepth) / 4) {
    const auto* slots = reinterpret_cast<const uint8_t*>(block) + subtree_bytes(kDepth);
    const uint32_t* subtree = block;
    int32_t slot = 0;
    for (int32_t height = kDepth; height > 1; --height) {
      const bool above = keys[subtree[0] / 4] >= static_cast<int32_t>(subtree[1]);
      subtree += above ? 2 + subtree_bytes(height - 1) / 4 : 2;
      slot += above ? 1 << (height - 2) : 0;
    }
    const bool above = keys[slots[slot]] >= static_cast<int32_t>(subtree[0]);
    float weight;
    __builtin_memcpy(&weight, subtree + (above ? 2 : 1), sizeof weight);
    sum += weight;
    if (block == last) return sum;
  }
}

#endif

}  // namespace tmc::kernels::armv7em
