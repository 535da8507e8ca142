// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Rows whose values lie side by side, two values a word, and columns, two rows a word: the largest, the exponentials
// (detail/exponentials_s16.hpp), which wait in the output, and the shares.

#include "tmc/kernels/armv7em/detail/exponentials_s16.hpp"
#include "tmc/kernels/armv7em/detail/lanes.hpp"
#include "tmc/kernels/common/softmax_s16.hpp"
#include "tmc/kernels/contract/softmax_s16.hpp"

namespace tmc::kernels::armv7em {

struct SoftmaxS16 : ImplementationOf<kernels::SoftmaxS16> {
  static constexpr bool applies(const Params& p) { return p.inner == 1 && has_numbers(p); }
  static constexpr Overlap overlap(const Params&, int) { return kInPlace; }
  static constexpr double instructions(const Params& p) {
    return 20 + p.outer * (75 + 18.9 * p.depth + (p.shift < 0 ? 4.0 * p.depth : 0));
  }

  static void run(Params p, Buffers b) {
    const ExponentialS16 exponential(p.multiplier, p.shift, b.exponentials);
    for (int32_t row = 0; row < p.outer; ++row) {
      run_row(exponential, b.reciprocals, b.input + row * p.depth, b.output + row * p.depth, p.depth);
    }
  }

 protected:
  static constexpr bool has_numbers(const Params& p) {
    return p.depth <= Contract::kMaxDepth && p.multiplier >= 0 && p.shift >= -15 && p.shift <= 13;
  }

  struct Share {
    int32_t reciprocal, half, shift;

    explicit Share(const SharesOfRow& shares)
        : reciprocal(shares.reciprocal), half(1 << (shares.shift - 1)), shift(shares.shift) {}

    int32_t of_bottom(int32_t pair) const { return limited(smlabb(pair, reciprocal, half)); }
    int32_t of_top(int32_t pair) const { return limited(smlatb(pair, reciprocal, half)); }

    // In the place of exponentials, four or more and in fours.
    void write_fours(int16_t* values, int32_t count) const {
      int16_t* const end = values + count;
#if TMC_ARMV7EM_ASSEMBLY
      int32_t low, high;
#define TMC_SHARES                                                                             \
  "ldr %[low], [%[values]]\n\tsmlatb %[high], %[low], %[reciprocal], %[half]\n\t"              \
  "smlabb %[low], %[low], %[reciprocal], %[half]\n\tasr %[high], %[high], %[shift]\n\t"        \
  "asr %[low], %[low], %[shift]\n\tusat %[high], #15, %[high]\n\tusat %[low], #15, %[low]\n\t" \
  "pkhbt %[low], %[low], %[high], lsl #16\n\tstr %[low], [%[values]], #4\n\t"
      asm volatile("1:\n\t" TMC_SHARES TMC_SHARES "cmp %[values], %[end]\n\tbne 1b"
                   : [values] "+r"(values), [low] "=&r"(low), [high] "=&r"(high)
                   : [reciprocal] "r"(reciprocal), [half] "r"(half), [shift] "r"(shift), [end] "r"(end)
                   : "cc", "memory");
#undef TMC_SHARES
#else
      for (; values != end; values += 2) {
        const int32_t pair = load_word(values), low = of_bottom(pair);
        store_word(pack_bottoms(low, of_top(pair)), values);
      }
#endif
    }

   private:
    int32_t limited(int32_t share) const {
      return saturate_unsigned<15>(share >> shift);
    }
  };

 private:
  static void run_row(const ExponentialS16& exponential, const int16_t* reciprocals, const int16_t* input,
                      int16_t* output, int32_t depth) {
    const int32_t sum = write_exponentials(exponential, input, output, depth);
    const Share share(shares_of(reciprocals, sum));
    const int32_t whole = depth / 4 * 4;
    if (whole > 0) share.write_fours(output, whole);
    for (int32_t i = whole; i < depth; ++i) output[i] = static_cast<int16_t>(share.of_bottom(output[i]));
  }

  // Gives their sum.
  static int32_t write_exponentials(const ExponentialS16& exponential, const int16_t* input, int16_t* output,
                                    int32_t depth) {
    const int32_t offset = -largest(input, depth) * exponential.factor;
    int32_t sum = 0, i = 0;
    if (exponential.right == 0 && depth >= 4) {
      i = depth / 4 * 4;
      const ExponentialRow row{input,
                               output,
                               input + i,
                               exponential.factor,
                               offset,
                               exponential.multiplier,
                               exponential.addend,
                               exponential.table};
      sum = make_exponentials(&row);
    }
    for (; i < depth; ++i) {
      const int32_t value = exponential(smlabb(input[i], exponential.factor, offset));
      output[i] = static_cast<int16_t>(value);
      sum += value;
    }
    return sum;
  }

  static int32_t largest(const int16_t* values, int32_t count) {
    int32_t lanes = both_lanes(*values);
    const int16_t* const end = values + count;
    for (const int16_t* whole = values + count / 8 * 8; values != whole; values += 8) {
#pragma GCC unroll 4
      for (int32_t i = 0; i < 8; i += 2) lanes = max_lanes(lanes, load_word(values + i));
    }
    for (; values != end; ++values) lanes = max_lanes(lanes, both_lanes(*values));
    return bottom(max_lanes(lanes, lanes >> 16));
  }
};

struct SoftmaxS16Across : SoftmaxS16 {
  static constexpr bool applies(const Params& p) { return p.inner > 1 && has_numbers(p); }
  // Rows are read in strides, which a shifted output would overtake.
  static constexpr Overlap overlap(const Params&, int) { return {Overlap::Kind::kSameBegin, 0}; }
  static constexpr double instructions(const Params& p) {
    return 20 + 1.0 * p.outer * (p.inner / 2 * (200 + 58.0 * p.depth) + p.inner % 2 * (110 + 32.0 * p.depth));
  }

  static void run(Params p, Buffers b) {
    const ExponentialS16 exponential(p.multiplier, p.shift, b.exponentials);
    for (int32_t i = 0; i < p.outer; ++i) {
      const int16_t* const input = b.input + i * p.depth * p.inner;
      int16_t* const output = b.output + i * p.depth * p.inner;
      for (int32_t column = 0; column + 1 < p.inner; column += 2) {
        run_columns<2>(p, exponential, b.reciprocals, input + column, output + column);
      }
      if (p.inner % 2 != 0) {
        run_columns<1>(p, exponential, b.reciprocals, input + p.inner - 1, output + p.inner - 1);
      }
    }
  }

 private:
  // What lies beside a single column is not looked at.
  template <int kColumns>
  static int32_t load(const int16_t* from) {
    return kColumns == 2 ? load_word(from) : *from;
  }
  template <int kColumns>
  static void store(int32_t low, int32_t high, int16_t* to) {
    if (kColumns == 2) return store_word(pack_bottoms(low, high), to);
    *to = static_cast<int16_t>(low);
  }

  template <int kColumns>
  [[gnu::noinline]] static void run_columns(const Params& p, const ExponentialS16& exponential,
                                            const int16_t* reciprocals, const int16_t* input, int16_t* output) {
    const int32_t step = p.inner;
    const int16_t* const end = input + p.depth * step;
    int32_t lanes = load<kColumns>(input);
    for (const int16_t* from = input + step; from != end; from += step) lanes = max_lanes(lanes, load<kColumns>(from));
    const int32_t offset_low = -bottom(lanes) * exponential.factor;
    const int32_t offset_high = kColumns == 2 ? -top(lanes) * exponential.factor : 0;
    int32_t sum_low = 0, sum_high = 0;
    int16_t* to = output;
    for (; input != end; input += step, to += step) {
      const int32_t pair = load<kColumns>(input);
      const int32_t low = exponential(smlabb(pair, exponential.factor, offset_low));
      const int32_t high = kColumns == 2 ? exponential(smlatb(pair, exponential.factor, offset_high)) : 0;
      sum_low += low;
      sum_high += high;
      store<kColumns>(low, high, to);
    }
    const Share share_low(shares_of(reciprocals, sum_low));
    const Share share_high = kColumns == 2 ? Share(shares_of(reciprocals, sum_high)) : share_low;
    for (; output != to; output += step) {
      const int32_t pair = load<kColumns>(output);
      const int32_t low = share_low.of_bottom(pair);
      store<kColumns>(low, kColumns == 2 ? share_high.of_top(pair) : 0, output);
    }
  }
};

}  // namespace tmc::kernels::armv7em
