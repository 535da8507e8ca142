// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A function of two int8 values as a linear form with kFractionBits: saturate((start + term(a) + term(b)) >> bits),
// each term being floor(factor * value / 2^8). One multiply-accumulate for an operand (SMLAW takes the upper 32 bits of
// a product of 32 by 16 bits), one saturating shift. `pack` finds a form that equals the contract's on all 65,536 pairs
// (host/detail/linear_form.hpp).

#include "tmc/kernels/armv7em/detail/intrinsics.hpp"

namespace tmc::kernels::armv7em {

struct LinearForm {
  static constexpr int32_t kFractionBits = 20;

  int32_t a_factor, b_factor;
  int32_t start;
};

// Values as SMLAW wants them: in the upper bytes of the lanes.
constexpr int32_t odd_values(int32_t word) {
  return static_cast<int32_t>(static_cast<uint32_t>(word) & 0xFF00FF00U);
}
constexpr int32_t even_values(int32_t word) {
  return odd_values(static_cast<int32_t>(static_cast<uint32_t>(word) << 8));
}

inline int32_t add_term(int32_t factor, int8_t value, int32_t sum) {
  return smlawb(factor, value * 256, sum);
}

inline int32_t shifted_s8(int32_t sum) {
  return saturate_shifted_s8<LinearForm::kFractionBits>(sum);
}

// Four outputs from their sums.
inline void store_four(int32_t sum0, int32_t sum1, int32_t sum2, int32_t sum3, int8_t* output) {
  store_s8(shifted_s8(sum0), output);
  store_s8(shifted_s8(sum1), output + 1);
  store_s8(shifted_s8(sum2), output + 2);
  store_s8(shifted_s8(sum3), output + 3);
}

// output[i] = start + term(values[i])
inline void run_linear_row(int32_t factor, int32_t start, const int8_t* values, int8_t* output, int32_t count) {
  for (const int8_t* end = values + count / 4 * 4; values != end; values += 4, output += 4) {
    const int32_t word = load_word(values);
    const int32_t even = even_values(word);
    const int32_t odd = odd_values(word);
    store_four(smlawb(factor, even, start), smlawb(factor, odd, start), smlawt(factor, even, start),
               smlawt(factor, odd, start), output);
  }
  for (int32_t i = 0; i < count % 4; ++i) store_s8(shifted_s8(add_term(factor, values[i], start)), output + i);
}

// output[i] = start + term(a[i]) + term(b[i])
inline void run_linear_rows(const LinearForm& form, const int8_t* a, const int8_t* b, int8_t* output, int32_t count) {
  const LinearForm f = form;
  for (const int8_t* end = a + count / 4 * 4; a != end; a += 4, b += 4, output += 4) {
    const int32_t a_word = load_word(a);
    const int32_t b_word = load_word(b);
    const int32_t a_even = even_values(a_word);
    const int32_t a_odd = odd_values(a_word);
    const int32_t b_even = even_values(b_word);
    const int32_t b_odd = odd_values(b_word);
    store_four(smlawb(f.b_factor, b_even, smlawb(f.a_factor, a_even, f.start)),
               smlawb(f.b_factor, b_odd, smlawb(f.a_factor, a_odd, f.start)),
               smlawt(f.b_factor, b_even, smlawt(f.a_factor, a_even, f.start)),
               smlawt(f.b_factor, b_odd, smlawt(f.a_factor, a_odd, f.start)), output);
  }
  for (int32_t i = 0; i < count % 4; ++i) {
    store_s8(shifted_s8(add_term(f.b_factor, b[i], add_term(f.a_factor, a[i], f.start))), output + i);
  }
}

}  // namespace tmc::kernels::armv7em
