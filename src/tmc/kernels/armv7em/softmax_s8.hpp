// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Rows whose values lie side by side, and rows that interleave, by fours: the largest by words, then an exponential for
// every value, once for the sum and once for the output, out of a table that `pack` extends to all 256 differences and
// turns round, so that a value is an index. With e the exponential, both roundings are a multiply-accumulate (none of
// the operands is negative):
//
//   sum += round(e / 2^12)           = smmlar(e, 2^20, sum)
//   share = round(e * r / 2^31)       = smmlar(e, 2r - 2^32, e), r being the reciprocal
//   output = round(share / 2^s) - 128 = smmlar(share, 2^(32 - s), -128), saturated
//
// The second holds for r >= 2^30, as it is for sums below 2^29; above, s is past 32, and a factor of 0 in the third
// makes every share nothing.

#include "tmc/kernels/armv7em/detail/intrinsics.hpp"
#include "tmc/kernels/armv7em/detail/reciprocal.hpp"
#include "tmc/kernels/contract/softmax_s8.hpp"

namespace tmc::kernels::armv7em {

struct SoftmaxS8 : ImplementationOf<kernels::SoftmaxS8> {
  static constexpr int32_t kDifferences = 256;  // entries of the table, the last one of difference 0
  static constexpr int32_t kTurn = 8;           // values in a turn of the loops

  static constexpr bool applies(const Params& p) { return p.inner == 1 && p.depth <= Contract::kMaxDepth; }
  static constexpr Overlap overlap(const Params&, int) { return kInPlace; }
  static constexpr double instructions(const Params& p) { return 20 + p.outer * (110 + 11.5 * p.depth); }

  static void run(Params p, Buffers b) {
    for (int32_t row = 0; row < p.outer; ++row) {
      run_row(b.input + row * p.depth, b.exponentials, b.output + row * p.depth, p.depth);
    }
  }

 protected:
  // How an exponential becomes an output.
  struct Scale {
    int32_t doubled, factor;
  };
  static int32_t output_of(int32_t exponential, int32_t doubled, int32_t factor) {
    return saturate_s8(smmlar(smmlar(exponential, doubled, exponential), factor, -128));
  }
  static Scale scale_of(int32_t sum) {
    const Reciprocal scale = quick_reciprocal_of(sum, Contract::kSumIntegerBits);
    const int32_t shift = scale.exponent + 31 - 8;
    return {static_cast<int32_t>(2 * static_cast<uint32_t>(scale.reciprocal)),
            shift > 32 ? 0 : static_cast<int32_t>(uint32_t{1} << (32 - shift))};
  }
  static int32_t add_exponential(int32_t exponential, int32_t total) {
    return smmlar(exponential, 1 << (32 - Contract::kSumIntegerBits), total);
  }

 private:
  static void run_row(const int8_t* input, const int32_t* table, int8_t* output, int32_t depth) {
    const int32_t* of_value = table + (kDifferences - 1 - largest(input, depth));
    const Scale scale = scale_of(sum(input, of_value, depth));
    const int32_t doubled = scale.doubled;
    const int32_t factor = scale.factor;
    const auto make = [&](int32_t i) { store_s8(output_of(of_value[input[i]], doubled, factor), output + i); };
    for (const int8_t* end = input + depth / kTurn * kTurn; input != end; input += kTurn, output += kTurn) {
#pragma GCC unroll 8
      for (int32_t i = 0; i < kTurn; ++i) make(i);
    }
    for (int32_t i = 0; i < depth % kTurn; ++i) make(i);
  }

  static int32_t largest(const int8_t* values, int32_t count) {
    if (count < 4) {
      int32_t most = values[0];
      for (int32_t i = 1; i < count; ++i) most = values[i] > most ? values[i] : most;
      return most;
    }
    // The last word may overlap the one before.
    int32_t lanes = load_word(values + count - 4);
    for (int32_t i = 0; i < count / 4; ++i) lanes = max_bytes(lanes, load_word(values + 4 * i));
    lanes = max_bytes(lanes, lanes >> 16);
    return static_cast<int8_t>(max_bytes(lanes, lanes >> 8));
  }

  static int32_t sum(const int8_t* values, const int32_t* of_value, int32_t count) {
    int32_t total = 0;
    const auto add = [&](int8_t value) { total = add_exponential(of_value[value], total); };
    for (const int8_t* end = values + count / kTurn * kTurn; values != end; values += kTurn) {
#pragma GCC unroll 8
      for (int32_t i = 0; i < kTurn; ++i) add(values[i]);
    }
    for (int32_t i = 0; i < count % kTurn; ++i) add(values[i]);
    return total;
  }
};

struct SoftmaxS8Across : SoftmaxS8 {
  static constexpr bool applies(const Params& p) { return p.inner > 1 && p.depth <= Contract::kMaxDepth; }
  // Rows are read in strides, which a shifted output would overtake.
  static constexpr Overlap overlap(const Params&, int) { return {Overlap::Kind::kSameBegin, 0}; }
  static constexpr double instructions(const Params& p) {
    return 20 + 1.0 * p.outer * (p.inner / 4 * (360 + 58.0 * p.depth) + p.inner % 4 * (100 + 20.0 * p.depth));
  }

  static void run(Params p, Buffers b) {
    for (int32_t i = 0; i < p.outer; ++i) {
      run_columns(p, b.input + i * p.depth * p.inner, b.exponentials, b.output + i * p.depth * p.inner);
    }
  }

 private:
  static void run_columns(const Params& p, const int8_t* input, const int32_t* table, int8_t* output) {
    int32_t column = 0;
    for (; column < p.inner / 4 * 4; column += 4) {
      int32_t lanes = load_word(input + column);
      for (int32_t i = 1; i < p.depth; ++i) lanes = max_bytes(lanes, load_word(input + column + i * p.inner));
      run_pair(p, input + column, table, lanes, output + column);
      run_pair(p, input + column + 2, table, lanes >> 16, output + column + 2);
    }
    for (; column < p.inner; ++column) {
      int8_t most = input[column];
      for (int32_t i = 1; i < p.depth; ++i) {
        const int8_t value = input[column + i * p.inner];
        most = value > most ? value : most;
      }
      run_some<1>(p, input + column, {table + (kDifferences - 1 - most)}, output + column);
    }
  }

  // The largest values are the low bytes of `largest`.
  static void run_pair(const Params& p, const int8_t* input, const int32_t* table, int32_t largest, int8_t* output) {
    const int32_t* zero = table + kDifferences - 1;
    run_some<2>(p, input, {zero - static_cast<int8_t>(largest), zero - static_cast<int8_t>(largest >> 8)}, output);
  }

  template <int kColumns>
  [[gnu::noinline]] static void run_some(const Params& p, const int8_t* input,
                                         const int32_t* const (&of_value)[kColumns], int8_t* output) {
    const int32_t step = p.inner;
    const int8_t* const end = input + p.depth * step;
    int32_t total[kColumns] = {};
#pragma GCC unroll 4
    for (const int8_t* from = input; from != end; from += step) {
#pragma GCC unroll 2
      for (int c = 0; c < kColumns; ++c) total[c] = add_exponential(of_value[c][from[c]], total[c]);
    }
    int32_t doubled[kColumns], factor[kColumns];
    for (int c = 0; c < kColumns; ++c) {
      const Scale scale = scale_of(total[c]);
      doubled[c] = scale.doubled, factor[c] = scale.factor;
    }
#pragma GCC unroll 4
    for (; input != end; input += step, output += step) {
#pragma GCC unroll 2
      for (int c = 0; c < kColumns; ++c) store_s8(output_of(of_value[c][input[c]], doubled[c], factor[c]), output + c);
    }
  }
};

}  // namespace tmc::kernels::armv7em
