// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// As norm_s8.hpp: sums and squares by pairs of lanes, and an element is two multiply-accumulates, a shift and a
// saturation.

#include "tmc/kernels/armv7em/detail/lanes.hpp"
#include "tmc/kernels/common/row_norm.hpp"
#include "tmc/kernels/contract/norm.hpp"

namespace tmc::kernels::armv7em {

struct NormS16 : ImplementationOf<kernels::NormS16> {
  static constexpr int32_t kTurn = 4;  // elements in a turn of the loops

  static constexpr bool applies(const Params& p) { return norm_applies<Contract>(p); }
  static constexpr Overlap overlap(const Params&, int) { return kInPlace; }
  static constexpr double instructions(const Params& p) { return 10.1 * p.elements + 40.0 * (p.elements / p.depth); }

  static void run(Params p, Buffers b) {
    for (int32_t first = 0; first < p.elements; first += p.depth) {
      const RowLine line = row_line<Contract::kBits>(p, sums(b.input + first, p.depth));
      write(p, line, b.input + first, b, b.output + first);
    }
  }

 private:
  static RowSums sums(const int16_t* row, int32_t depth) {
    constexpr int32_t kOnes = 0x00010001;
    int32_t sum = 0;
    int64_t squares = 0;
    for (const int16_t* end = row + depth / kTurn * kTurn; row != end; row += kTurn) {
      const int32_t low = load_word(row), high = load_word(row + 2);
      sum = smlad(high, kOnes, smlad(low, kOnes, sum));
      squares = smlald(high, high, smlald(low, low, squares));
    }
    for (int32_t i = 0; i < depth % kTurn; ++i) {
      sum += row[i];
      squares += int32_t{row[i]} * row[i];
    }
    return {sum, squares};
  }

  static void write(const Params& p, const RowLine& line, const int16_t* input, const Buffers& b, int16_t* output) {
    const int32_t turns = p.depth / kTurn;
    if (turns > 0) write_turns(line, input, b, output, turns, p.shift);
    for (int32_t i = turns * kTurn; i < p.depth; ++i) {
      const int32_t value = (normalized(line, input[i]) * b.scale[i] + b.bias[i]) >> p.shift;
      output[i] = static_cast<int16_t>(saturate_s16(value));
    }
  }

#if TMC_ARMV7EM_ASSEMBLY

  static void write_turns(const RowLine& line, const int16_t* input, const Buffers& b, int16_t* output, int32_t turns,
                          int32_t shift) {
    const int16_t* scale = b.scale;
    const int32_t* bias = b.bias;
    int32_t x0, x1, scales, bias0, bias1;
    const int16_t* const end = input + turns * kTurn;  // in memory: there are no more registers
#define TMC_NORM_PAIR                                                                        \
  "ldrsh %[x0], [%[input]], #2\n\tldrsh %[x1], [%[input]], #2\n\t"                           \
  "ldr %[scales], [%[scale]], #4\n\tldrd %[bias0], %[bias1], [%[bias]], #8\n\t"              \
  "mla %[x0], %[x0], %[slope], %[offset]\n\tmla %[x1], %[x1], %[slope], %[offset]\n\t"       \
  "smlatb %[x0], %[x0], %[scales], %[bias0]\n\tsmlatt %[x1], %[x1], %[scales], %[bias1]\n\t" \
  "asr %[x0], %[x0], %[shift]\n\tasr %[x1], %[x1], %[shift]\n\t"                             \
  "ssat %[x0], #16, %[x0]\n\tssat %[x1], #16, %[x1]\n\t"                                     \
  "strh %[x0], [%[output]], #2\n\tstrh %[x1], [%[output]], #2\n\t"
    asm volatile("1:\n\t" TMC_NORM_PAIR TMC_NORM_PAIR "ldr %[x0], %[end]\n\tcmp %[input], %[x0]\n\tbne 1b"
                 : [input] "+r"(input), [scale] "+r"(scale), [bias] "+r"(bias), [output] "+r"(output), [x0] "=&r"(x0),
                   [x1] "=&r"(x1), [scales] "=&r"(scales), [bias0] "=&r"(bias0), [bias1] "=&r"(bias1)
                 : [slope] "r"(line.slope), [offset] "r"(line.offset), [end] "m"(end), [shift] "r"(shift)
                 : "cc", "memory");
#undef TMC_NORM_PAIR
  }

#else

  static void write_turns(const RowLine& line, const int16_t* input, const Buffers& b, int16_t* output, int32_t turns,
                          int32_t shift) {
    for (int32_t i = 0; i < turns * kTurn; ++i) {
      const int32_t value = smlatb(wrapping_multiply_add(input[i], line.slope, line.offset), b.scale[i], b.bias[i]);
      output[i] = static_cast<int16_t>(saturate_s16(value >> shift));
    }
  }

#endif
};

}  // namespace tmc::kernels::armv7em
