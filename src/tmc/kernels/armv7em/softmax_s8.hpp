// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Rows whose values lie side by side: the largest by words, then an exponential for every value, once for the sum and
// once for the output, out of a table that `pack` extends to all 256 differences and turns round, so that a value is an
// index. With e the exponential, both roundings are a multiply-accumulate (none of the operands is negative):
//
//   sum += round(e / 2^12)           = smmlar(e, 2^20, sum)
//   share = round(e * r / 2^31)       = smmlar(e, 2r - 2^32, e), r being the reciprocal
//   output = round(share / 2^s) - 128 = smmlar(share, 2^(32 - s), -128), saturated
//
// The second holds for r >= 2^30, as it is for sums below 2^29; above, s is past 32, and a factor of 0 in the third
// makes every share nothing.

#include "tmc/kernels/armv7em/detail/intrinsics.hpp"
#include "tmc/kernels/common/reciprocal.hpp"
#include "tmc/kernels/contract/softmax_s8.hpp"

namespace tmc::kernels::armv7em {

struct SoftmaxS8 : ImplementationOf<kernels::SoftmaxS8> {
  static constexpr int32_t kDifferences = 256;  // entries of the table, the last one of difference 0
  static constexpr int32_t kTurn = 8;           // values in a turn of the loops

  static constexpr bool applies(const Params& p) { return p.inner == 1 && p.depth <= Contract::kMaxDepth; }
  static constexpr Overlap overlap(const Params&, int) { return kInPlace; }
  static constexpr double instructions(const Params& p) { return 20 + p.outer * (160 + 12.0 * p.depth); }

  static void run(Params p, Buffers b) {
    for (int32_t row = 0; row < p.outer; ++row) {
      run_row(b.input + row * p.depth, b.exponentials, b.output + row * p.depth, p.depth);
    }
  }

 private:
  static void run_row(const int8_t* input, const int32_t* table, int8_t* output, int32_t depth) {
    const int32_t* of_value = table + (kDifferences - 1 - largest(input, depth));
    const Reciprocal scale = reciprocal_of(sum(input, of_value, depth), Contract::kSumIntegerBits);
    const int32_t shift = scale.exponent + 31 - 8;
    const int32_t factor = shift > 32 ? 0 : static_cast<int32_t>(uint32_t{1} << (32 - shift));
    const auto doubled = static_cast<int32_t>(2 * static_cast<uint32_t>(scale.reciprocal));
    const auto make = [&](int32_t i) {
      const int32_t exponential = of_value[input[i]];
      const int32_t share = smmlar(exponential, doubled, exponential);
      store_s8(saturate_s8(smmlar(share, factor, -128)), output + i);
    };
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
    const auto add = [&](int8_t value) {
      total = smmlar(of_value[value], 1 << (32 - Contract::kSumIntegerBits), total);
    };
    for (const int8_t* end = values + count / kTurn * kTurn; values != end; values += kTurn) {
#pragma GCC unroll 8
      for (int32_t i = 0; i < kTurn; ++i) add(values[i]);
    }
    for (int32_t i = 0; i < count % kTurn; ++i) add(values[i]);
    return total;
  }
};

}  // namespace tmc::kernels::armv7em
