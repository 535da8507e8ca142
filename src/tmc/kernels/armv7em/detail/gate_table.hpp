// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The logistic function and the hyperbolic tangent of base/fixed_point_functions.hpp out of one table, to the last bit.
// Both are made of the quotient q(r) = 2 / (1 + exp(-r)) in steps of 2^-13, with r in steps of 2^-12: the logistic
// function of x is q(x) / 2, the tangent of x of k integer bits q(2^(k - 2) x) - 1. The reference's roundings move a
// quotient by a few steps, which follows no rule: a block of 256 has a line, and every quotient has four bits above it.

#include "tmc/base/fixed_point_functions.hpp"
#include "tmc/kernels/armv7em/detail/intrinsics.hpp"

namespace tmc::kernels::armv7em {

struct GateTable {
  explicit GateTable(const int32_t* table) : words(table) {}

  static constexpr int32_t kBlockBits = 7;
  static constexpr int32_t kEntries = 37'632;  // from 37,460 on quotients are 2
  static constexpr int32_t kBlocks = kEntries >> kBlockBits;
  static constexpr int32_t kWords = kBlocks / 2 + kEntries / 4;
  static_assert(kBlocks % 2 == 0 && kEntries % 4 == 0);

  const int32_t* words;  // the lowest quotients, two to a word, the first below; then four entries to a word alike

  // r below kEntries.
  int32_t quotient(int32_t r) const {
    const int32_t lowest = reinterpret_cast<const uint16_t*>(words)[r >> kBlockBits];
    return lowest + reinterpret_cast<const uint8_t*>(words + kBlocks / 2)[r];
  }

  // x of 16 bits and three integer bits.
  int32_t logistic(int32_t x) const {
    const int32_t of_size = 2 * quotient(x < 0 ? -x : x);
    return x < 0 ? fixed16::kOne - of_size : of_size;
  }
  // integer_bits of at least 2.
  int32_t tanh(int32_t x, int32_t integer_bits) const {
    const int32_t size = x < 0 ? -x : x;
    const int32_t r = size << (integer_bits - 2);
    const int32_t of_size = saturate_s16((quotient(r < kEntries ? r : kEntries - 1) - (1 << 13)) * 4);
    return x < 0 ? -of_size : of_size;
  }
};

}  // namespace tmc::kernels::armv7em
