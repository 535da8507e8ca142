// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Trees that are filled up to one depth, so that a path is a fixed number of steps without a branch: the test at place
// i leads to place 2 * i, or to 2 * i + 1 where the key is at least the threshold; the root is at place 1. Five
// instructions a step: the slot, the threshold, the key, the comparison, and an addition with its carry that doubles
// the place.
//
// A tree of depth d is a block of 2^(d+1) words and 2^d bytes: the number of its target, thresholds by their places,
// the weights of its leaves, which are places 2^d and up; then the slots of its tests. Two trees go side by side,
// because a Cortex-M7 waits for what it has just loaded.

#include "tmc/kernels/armv7em/detail/complete_trees.hpp"
#include "tmc/kernels/armv7em/detail/intrinsics.hpp"
#include "tmc/kernels/common/trees.hpp"

namespace tmc::kernels::armv7em {

struct TreeEnsembleF32Complete : ImplementationOf<kernels::TreeEnsembleF32> {
  static constexpr int32_t kMostDepth = 9;

  static constexpr int32_t places(const Params& p) { return 1 << p.depth; }
  static constexpr int32_t block_words(const Params& p) { return 2 * places(p) + places(p) / 4; }

  static constexpr bool applies(const Params& p) { return may_be_complete(p, kMostDepth); }
  static constexpr int64_t scratch_bytes(const Params& p) { return int64_t{p.slots} * int64_t{sizeof(uint32_t)}; }
  static constexpr double instructions(const Params& p) {
    return p.batch * (25 + 10.0 * p.slots + 10.0 * p.targets + 1.0 * p.trees * (8 + 5.0 * p.depth));
  }

  static void run(Params p, Buffers b) {
    auto* keys = static_cast<uint32_t*>(b.scratch);
    for (int32_t row = 0; row < p.batch; ++row) {
      fill_tree_keys(b.input + row * p.features, b.slots, p.slots, keys);
      float* scores = b.output + row * p.targets;
      if (p.targets == 1) {
        float score = 0;
        for_each_leaf(p, b.nodes, keys,
                      [&](const uint32_t* block, uint32_t place) { score += float_of_bits(block[place]); });
        scores[0] = finished_tree_score(p, score, b.base[0]);
        continue;
      }
      for (int32_t target = 0; target < p.targets; ++target) scores[target] = 0;
      for_each_leaf(p, b.nodes, keys,
                    [&](const uint32_t* block, uint32_t place) { scores[block[0]] += float_of_bits(block[place]); });
      for (int32_t target = 0; target < p.targets; ++target) {
        scores[target] = finished_tree_score(p, scores[target], b.base[target]);
      }
    }
  }

 private:
  static const uint8_t* slots_of(const Params& p, const uint32_t* block) {
    return reinterpret_cast<const uint8_t*>(block + 2 * places(p));
  }

  // Calls add(block, place of the leaf) for every tree, in their order.
  template <typename Add>
  static void for_each_leaf(const Params& p, const uint32_t* block, const uint32_t* keys, Add add) {
    const uint32_t* end = block + p.trees * block_words(p);
    if (p.trees % 2 != 0) {
      const uint8_t* slots = slots_of(p, block);
      uint32_t place = 1;
      for (int32_t level = 0; level < p.depth; ++level) step(block, slots, place, keys);
      add(block, place);
      block += block_words(p);
    }
    for (; block != end; block += 2 * block_words(p)) {
      const uint32_t* other = block + block_words(p);
      const uint8_t* slots = slots_of(p, block);
      const uint8_t* other_slots = slots_of(p, other);
      uint32_t place = 1;
      uint32_t other_place = 1;
#pragma GCC unroll 10
      for (int32_t level = 0; level < p.depth; ++level) {
        step_two(block, slots, place, other, other_slots, other_place, keys);
      }
      add(block, place);
      add(other, other_place);
    }
  }

#if TMC_ARMV7EM_ASSEMBLY
  static void step(const uint32_t* block, const uint8_t* slots, uint32_t& place, const uint32_t* keys) {
    uint32_t key;
    uint32_t threshold;
    asm("ldrb.w %[key], [%[slots], %[place]]\n\t"
        "ldr.w %[threshold], [%[block], %[place], lsl #2]\n\t"
        "ldr.w %[key], [%[keys], %[key], lsl #2]\n\t"
        "cmp %[key], %[threshold]\n\t"
        "adc.w %[place], %[place], %[place]"
        : [place] "+&r"(place), [key] "=&r"(key), [threshold] "=&r"(threshold)
        : [slots] "r"(slots), [block] "r"(block), [keys] "r"(keys)
        : "cc");
  }

  static void step_two(const uint32_t* block, const uint8_t* slots, uint32_t& place, const uint32_t* other,
                       const uint8_t* other_slots, uint32_t& other_place, const uint32_t* keys) {
    uint32_t key;
    uint32_t other_key;
    uint32_t threshold;
    uint32_t other_threshold;
    asm("ldrb.w %[key], [%[slots], %[place]]\n\t"
        "ldrb.w %[other_key], [%[other_slots], %[other_place]]\n\t"
        "ldr.w %[threshold], [%[block], %[place], lsl #2]\n\t"
        "ldr.w %[other_threshold], [%[other], %[other_place], lsl #2]\n\t"
        "ldr.w %[key], [%[keys], %[key], lsl #2]\n\t"
        "ldr.w %[other_key], [%[keys], %[other_key], lsl #2]\n\t"
        "cmp %[key], %[threshold]\n\t"
        "adc.w %[place], %[place], %[place]\n\t"
        "cmp %[other_key], %[other_threshold]\n\t"
        "adc.w %[other_place], %[other_place], %[other_place]"
        : [place] "+&r"(place), [other_place] "+&r"(other_place), [key] "=&r"(key), [other_key] "=&r"(other_key),
          [threshold] "=&r"(threshold), [other_threshold] "=&r"(other_threshold)
        : [slots] "r"(slots), [other_slots] "r"(other_slots), [block] "r"(block), [other] "r"(other), [keys] "r"(keys)
        : "cc");
  }
#else
  static void step(const uint32_t* block, const uint8_t* slots, uint32_t& place, const uint32_t* keys) {
    place = 2 * place + (keys[slots[place]] >= block[place] ? 1 : 0);
  }

  static void step_two(const uint32_t* block, const uint8_t* slots, uint32_t& place, const uint32_t* other,
                       const uint8_t* other_slots, uint32_t& other_place, const uint32_t* keys) {
    step(block, slots, place, keys);
    step(other, other_slots, other_place, keys);
  }
#endif
};

}  // namespace tmc::kernels::armv7em
