// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The stages of the transforms of signal_rfft and signal_irfft (contract/signal_spectrum.hpp, signal_synthesis.hpp).
// Complex numbers are pairs of int16.

#include "tmc/kernels/common/complex.hpp"
#include "tmc/kernels/contract/signal_spectrum.hpp"

namespace tmc::kernels::portable::rfft {

// What lengths there are, and the bits of the number of pairs of one.
constexpr bool is_length(int32_t length) {
  return length >= 4 && length <= 1 << 16 && (length & (length - 1)) == 0;
}
constexpr int32_t pair_bits(int32_t length) {
  int32_t bits = 0;
  while (4 << bits <= length) ++bits;
  return bits;
}

using Complex = kernels::Complex<int32_t>;

inline Complex load(const int16_t* pairs, int32_t at) {
  return {pairs[2 * at], pairs[2 * at + 1]};
}
inline void store(int16_t* pairs, int32_t at, Complex value) {
  pairs[2 * at] = static_cast<int16_t>(value.re);
  pairs[2 * at + 1] = static_cast<int16_t>(value.im);
}

// 2^-15ths of a sum of products.
constexpr int32_t rounded(int32_t product) {
  return (product + (1 << 14)) >> 15;
}
template <int32_t kDivisor>
constexpr Complex divided(Complex value) {
  return {rounded(value.re * (INT16_MAX / kDivisor)), rounded(value.im * (INT16_MAX / kDivisor))};
}
constexpr Complex product(Complex a, Complex b) {
  return {rounded(a.re * b.re - a.im * b.im), rounded(a.re * b.im + a.im * b.re)};
}

// The pair that stands at `at` before the first stage: of its number of `bits` bits the digits in reverse, base 4 from
// the top, where one bit may be left at the bottom.
inline int32_t source_of(int32_t at, int32_t bits) {
  int32_t source = 0;
  int32_t shift = 0;
  for (int32_t bit = bits - 2; bit >= 0; bit -= 2, shift += 2) source |= ((at >> bit) & 3) << shift;
  return bits % 2 != 0 ? source | (at & 1) << shift : source;
}

inline void load_frame(const int16_t* frame, int32_t samples, int32_t bits, int16_t* pairs) {
  for (int32_t i = 0; i < 1 << bits; ++i) {
    const int32_t from = 2 * source_of(i, bits);
    pairs[2 * i] = from < samples ? frame[from] : int16_t{0};
    pairs[2 * i + 1] = from + 1 < samples ? frame[from + 1] : int16_t{0};
  }
}

// The innermost stage where the number of pairs has a factor of 2 that is none of 4.
inline void stage_of_pairs(int16_t* pairs, int32_t count) {
  for (int32_t i = 0; i < count; i += 2) {
    const Complex a = divided<2>(load(pairs, i));
    const Complex b = product(divided<2>(load(pairs, i + 1)), {INT16_MAX, 0});
    store(pairs, i, a + b);
    store(pairs, i + 1, a - b);
  }
}

// One butterfly of four numbers `m` apart.
template <bool kInverse>
void butterfly(int16_t* pairs, int32_t m, const int16_t* twiddles, int32_t step) {
  const Complex a = divided<4>(load(pairs, 0));
  const Complex b = product(divided<4>(load(pairs, m)), load(twiddles, step));
  const Complex c = product(divided<4>(load(pairs, 2 * m)), load(twiddles, 2 * step));
  const Complex d = product(divided<4>(load(pairs, 3 * m)), load(twiddles, 3 * step));
  const Complex even = a + c;
  const Complex odd = b + d;
  const Complex even_rest = a - c;
  const Complex odd_rest = b - d;
  store(pairs, 0, even + odd);
  store(pairs, (kInverse ? 3 : 1) * m, {even_rest.re + odd_rest.im, even_rest.im - odd_rest.re});
  store(pairs, 2 * m, even - odd);
  store(pairs, (kInverse ? 1 : 3) * m, {even_rest.re - odd_rest.im, even_rest.im + odd_rest.re});
}

// Joins spectra of m numbers by fours.
template <bool kInverse>
void stage_of_fours(int16_t* pairs, int32_t count, int32_t m, const int16_t* twiddles) {
  const int32_t step = count / (4 * m);
  for (int32_t first = 0; first < count; first += 4 * m) {
    for (int32_t k = 0; k < m; ++k) butterfly<kInverse>(pairs + 2 * (first + k), m, twiddles, k * step);
  }
}

// All stages, of pairs that are in their places.
template <bool kInverse>
void run_stages(int16_t* pairs, int32_t bits, const int16_t* twiddles) {
  const int32_t count = 1 << bits;
  if (bits % 2 != 0) stage_of_pairs(pairs, count);
  for (int32_t m = bits % 2 != 0 ? 2 : 1; m < count; m *= 4) stage_of_fours<kInverse>(pairs, count, m, twiddles);
}

// The bins of twice as many real samples from the transform of their pairs, in place; there is one more behind.
inline void separate(int16_t* pairs, int32_t count, const int16_t* twiddles) {
  const Complex sums = divided<2>(load(pairs, 0));
  store(pairs, 0, {sums.re + sums.im, 0});
  store(pairs, count, {sums.re - sums.im, 0});
  for (int32_t k = 1; k <= count / 2; ++k) {
    const Complex bin = divided<2>(load(pairs, k));
    const Complex mirrored = load(pairs, count - k);
    const Complex other = divided<2>({mirrored.re, static_cast<int16_t>(-mirrored.im)});
    const Complex even = bin + other;
    const Complex turned = product(bin - other, load(twiddles, k - 1));
    store(pairs, k, {(even.re + turned.re) >> 1, (even.im + turned.im) >> 1});
    store(pairs, count - k, {(even.re - turned.re) >> 1, (turned.im - even.im) >> 1});
  }
}

// `output` has room for 2^bits + 1 pairs.
inline void transform(const int16_t* frame, int32_t samples, int32_t bits, const int16_t* twiddles, int16_t* output) {
  const int32_t count = 1 << bits;
  load_frame(frame, samples, bits, output);
  run_stages<false>(output, bits, twiddles);
  separate(output, count, twiddles + 2 * rfft_stage_twiddles(2 * count));
}

// The pairs of which the bins are those of twice as many real samples.
inline void join(const int16_t* bins, int32_t count, const int16_t* twiddles, int16_t* pairs) {
  const Complex first = load(bins, 0), last = load(bins, count);
  store(pairs, 0, {first.re + last.re, first.re - last.re});
  store(pairs, 0, divided<2>(load(pairs, 0)));
  for (int32_t k = 1; k <= count / 2; ++k) {
    const Complex bin = divided<2>(load(bins, k));
    const Complex mirrored = load(bins, count - k);
    const Complex other = divided<2>({mirrored.re, static_cast<int16_t>(-mirrored.im)});
    const Complex even = bin + other;
    const Complex odd = product(bin - other, load(twiddles, k - 1));
    store(pairs, k, even + odd);
    store(pairs, count - k, {even.re - odd.re, odd.im - even.im});
  }
}

// `pairs` has room for 2^bits of them.
inline void inverse(const int16_t* bins, int32_t bits, const int16_t* twiddles, int16_t* pairs, int16_t* output) {
  const int32_t count = 1 << bits;
  join(bins, count, twiddles + 2 * rfft_stage_twiddles(2 * count), pairs);
  for (int32_t i = 0; i < count; ++i) store(output, i, load(pairs, source_of(i, bits)));
  run_stages<true>(output, bits, twiddles);
}

}  // namespace tmc::kernels::portable::rfft
