// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Sums and squares by pairs of lanes; then an element is a load, a multiply-accumulate for the line of its row, one of
// the upper half of that with its scale, and a saturation, which the usual shift of 16 bits is part of.

#include "tmc/kernels/armv7em/detail/intrinsics.hpp"
#include "tmc/kernels/common/row_norm.hpp"
#include "tmc/kernels/contract/norm.hpp"

namespace tmc::kernels::armv7em {

struct NormS8 : ImplementationOf<kernels::NormS8> {
  static constexpr int32_t kTurn = 4;  // elements in a turn of the loops
  static constexpr int32_t kUsualShift = 16;

  static constexpr bool applies(const Params& p) { return norm_applies<Contract>(p); }
  static constexpr Overlap overlap(const Params&, int) { return kInPlace; }
  static constexpr double instructions(const Params& p) { return 8.8 * p.elements + 60.0 * (p.elements / p.depth); }

  static void run(Params p, Buffers b) {
    for (int32_t first = 0; first < p.elements; first += p.depth) {
      const RowLine line = row_line<Contract::kBits>(p, sums(b.input + first, p.depth));
      write(p, line, b.input + first, b, b.output + first);
    }
  }

 private:
  static RowSums sums(const int8_t* row, int32_t depth) {
    constexpr int32_t kOnes = 0x00010001;
    int32_t sum = 0, squares = 0;
#pragma GCC unroll 2
    for (const int8_t* end = row + depth / kTurn * kTurn; row != end; row += kTurn) {
      const int32_t word = load_word(row);
      const int32_t even = sxtb16(word), odd = sxtb16_ror8(word);
      sum = smlad(odd, kOnes, smlad(even, kOnes, sum));
      squares = smlad(odd, odd, smlad(even, even, squares));
    }
    for (int32_t i = 0; i < depth % kTurn; ++i) {
      sum += row[i];
      squares += row[i] * row[i];
    }
    return {sum, squares};
  }

  static void write(const Params& p, const RowLine& line, const int8_t* input, const Buffers& b, int8_t* output) {
    const int32_t turns = p.shift == kUsualShift ? p.depth / kTurn : 0;
    if (turns > 0) write_turns(line, input, b, output, turns);
    for (int32_t i = turns * kTurn; i < p.depth; ++i) {
      store_s8(saturate_s8((normalized(line, input[i]) * b.scale[i] + b.bias[i]) >> p.shift), output + i);
    }
  }

#if TMC_ARMV7EM_ASSEMBLY

  static void write_turns(const RowLine& line, const int8_t* input, const Buffers& b, int8_t* output, int32_t turns) {
    const int16_t* scale = b.scale;
    const int32_t* bias = b.bias;
    int32_t x0, x1, scales, bias0, bias1;
    const int8_t* const end = input + turns * kTurn;
#define TMC_NORM_PAIR                                                                        \
  "ldrsb %[x0], [%[input]], #1\n\tldrsb %[x1], [%[input]], #1\n\t"                           \
  "ldr %[scales], [%[scale]], #4\n\tldrd %[bias0], %[bias1], [%[bias]], #8\n\t"              \
  "mla %[x0], %[x0], %[slope], %[offset]\n\tmla %[x1], %[x1], %[slope], %[offset]\n\t"       \
  "smlatb %[x0], %[x0], %[scales], %[bias0]\n\tsmlatt %[x1], %[x1], %[scales], %[bias1]\n\t" \
  "ssat %[x0], #8, %[x0], asr #16\n\tssat %[x1], #8, %[x1], asr #16\n\t"                     \
  "strb %[x0], [%[output]], #1\n\tstrb %[x1], [%[output]], #1\n\t"
    asm volatile("1:\n\t" TMC_NORM_PAIR TMC_NORM_PAIR "cmp %[input], %[end]\n\tbne 1b"
                 : [input] "+r"(input), [scale] "+r"(scale), [bias] "+r"(bias), [output] "+r"(output), [x0] "=&r"(x0),
                   [x1] "=&r"(x1), [scales] "=&r"(scales), [bias0] "=&r"(bias0), [bias1] "=&r"(bias1)
                 : [slope] "r"(line.slope), [offset] "r"(line.offset), [end] "r"(end)
                 : "cc", "memory");
#undef TMC_NORM_PAIR
  }

#else

  static void write_turns(const RowLine& line, const int8_t* input, const Buffers& b, int8_t* output, int32_t turns) {
    for (int32_t i = 0; i < turns * kTurn; ++i) {
      const int32_t value = smlatb(wrapping_multiply_add(input[i], line.slope, line.offset), b.scale[i], b.bias[i]);
      output[i] = static_cast<int8_t>(saturate_shifted_s8<kUsualShift>(value));
    }
  }

#endif
};

}  // namespace tmc::kernels::armv7em
