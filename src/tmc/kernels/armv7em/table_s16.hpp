// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Two elements a word, each by one load of both entries that it lies between (detail/interpolate.hpp). Of the second
// one's sum, which is due to be shifted to the right by seven, the upper half of the word takes its bits.

#include "tmc/kernels/armv7em/detail/interpolate.hpp"
#include "tmc/kernels/contract/table_s16.hpp"

namespace tmc::kernels::armv7em {

struct TableS16 : ImplementationOf<kernels::TableS16> {
  static constexpr int32_t kTurn = 4;  // elements in a turn of the loop

  static constexpr Overlap overlap(const Params&, int) { return kInPlace; }
  static constexpr double instructions(const Params& p) { return 20 + 7.6 * p.elements; }

  static void run(Params p, Buffers b) {
    const int16_t* const zero = b.table + 256;
    const int32_t turns = p.elements / kTurn;
    if (turns > 0) run_turns(b.input, zero, b.output, turns);
    for (int32_t i = turns * kTurn; i < p.elements; ++i) {
      b.output[i] = static_cast<int16_t>(between_entries(zero, b.input[i]));
    }
  }

 private:
#if TMC_ARMV7EM_ASSEMBLY

  static void run_turns(const int16_t* input, const int16_t* zero, int16_t* output, int32_t turns) {
    const int16_t* const end = input + turns * kTurn;
    int32_t low, high, part;
#define TMC_TABLE_PAIR                                                                            \
  "ldr %[high], [%[input]], #4\n\tsbfx %[low], %[high], #7, #9\n\tand %[part], %[high], #127\n\t" \
  "ldr %[low], [%[zero], %[low], lsl #1]\n\tmla %[part], %[part], %[second], %[first]\n\t"        \
  "smlad %[low], %[low], %[part], %[half]\n\tubfx %[part], %[high], #16, #7\n\t"                  \
  "asr %[high], %[high], #23\n\tmla %[part], %[part], %[second], %[first]\n\t"                    \
  "ldr %[high], [%[zero], %[high], lsl #1]\n\tasr %[low], %[low], #7\n\t"                         \
  "smlad %[high], %[high], %[part], %[half]\n\tpkhbt %[low], %[low], %[high], lsl #9\n\t"         \
  "str %[low], [%[output]], #4\n\t"
    asm volatile("1:\n\t" TMC_TABLE_PAIR TMC_TABLE_PAIR "cmp %[input], %[end]\n\tbne 1b"
                 : [input] "+r"(input), [output] "+r"(output), [low] "=&r"(low), [high] "=&r"(high), [part] "=&r"(part)
                 : [zero] "r"(zero), [end] "r"(end), [second] "r"(kFromFirstToSecond), [first] "r"(kWeightOfFirst),
                   [half] "r"(64)
                 : "cc", "memory");
#undef TMC_TABLE_PAIR
  }

#else

  static void run_turns(const int16_t* input, const int16_t* zero, int16_t* output, int32_t turns) {
    for (const int16_t* const end = input + turns * kTurn; input != end; input += 2, output += 2) {
      const int32_t pair = load_word(input);
      const int32_t low = between_entries(zero, bottom(pair));
      store_word(pack_bottoms(low, between_entries(zero, top(pair))), output);
    }
  }

#endif
};

}  // namespace tmc::kernels::armv7em
