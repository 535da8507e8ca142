// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The transform of sound_bands (contract/sound_features.hpp), over the products of an instruction set:
// Products::half(a, b) is half of the product of two complex numbers, which are pairs of int32, Products::windowed(x,
// w) x times w in 2^-16ths, and Products::butterflies those below.

#include "tmc/base/math.hpp"
#include "tmc/kernels/common/complex.hpp"

namespace tmc::kernels::sound {

using Number = Complex<int32_t>;

inline Number twice(Number value) {
  return {value.re * 2, value.im * 2};
}

// Joins sub-transforms of one number by twos.
inline void stage_of_twos(const Number* x, int32_t count, Number* y) {
  const int32_t half = count / 2;
  for (int32_t u = 0; u < half; ++u) {
    const Number a = x[u], b = x[u + half];
    y[u] = a + b;
    y[u + half] = a - b;
  }
}

inline void join(Number a, Number b, Number c, Number d, Number* y, int32_t apart) {
  const Number even = a + c, even_rest = a - c, odd = b + d, odd_rest = b - d;
  y[0] = even + odd;
  y[apart] = {even_rest.re + odd_rest.im, even_rest.im - odd_rest.re};
  y[2 * apart] = even - odd;
  y[3 * apart] = {even_rest.re - odd_rest.im, even_rest.im + odd_rest.re};
}

// The first stage of radix 4, whose twiddles are 1.
inline void first_stage_of_fours(const Number* x, int32_t count, Number* y) {
  const int32_t r = count / 4;
  for (int32_t u = 0; u < r; ++u) join(x[u], x[u + r], x[u + 2 * r], x[u + 3 * r], y + u, r);
}

// `r` butterflies of numbers r apart, to numbers `apart` apart, with the three twiddles at `turns`.
template <typename Products>
void butterflies(const Number* x, int32_t r, const Number* turns, Number* y, int32_t apart) {
  for (int32_t u = 0; u < r; ++u) {
    const Number b = twice(Products::half(x[u + r], turns[0]));
    const Number c = twice(Products::half(x[u + 2 * r], turns[1]));
    const Number d = twice(Products::half(x[u + 3 * r], turns[2]));
    join(x[u], b, c, d, y + u, apart);
  }
}

template <typename Products>
void stage_of_fours(const Number* x, int32_t count, int32_t size, const Number* twiddles, Number* y) {
  const int32_t r = count / (4 * size);
  for (int32_t k = 0; k < size; ++k, x += 4 * r, y += r) {
    const Number turns[] = {twiddles[k * r], twiddles[2 * k * r], twiddles[3 * k * r]};
    Products::butterflies(x, r, turns, y, count / 4);
  }
}

// Of `count` numbers, a power of two from 2 on, in `x`: they go to and fro, and the result is in what is returned.
template <typename Products>
Number* transform(Number* x, Number* y, int32_t count, const Number* twiddles) {
  int32_t size = 1;
  const auto swap = [&](int32_t joined) {
    size *= joined;
    Number* const made = y;
    y = x;
    x = made;
  };
  const bool has_twos = (__builtin_ctz(static_cast<uint32_t>(count)) & 1) != 0;
  if (has_twos) stage_of_twos(x, count, y);
  if (!has_twos) first_stage_of_fours(x, count, y);
  swap(has_twos ? 2 : 4);
  while (size < count) {
    stage_of_fours<Products>(x, count, size, twiddles, y);
    swap(4);
  }
  return x;
}

inline uint32_t magnitude(int32_t re, int32_t im) {
  const auto real = static_cast<float>(re), imaginary = static_cast<float>(im);
  return static_cast<uint32_t>(sqrt_f32(rounded_f32(real * real) + rounded_f32(imaginary * imaginary)));
}

// The magnitudes of the count + 1 bins of twice as many real samples.
template <typename Products>
void magnitudes(const Number* numbers, int32_t count, const Number* twiddles, uint32_t* result) {
  result[0] = magnitude(numbers[0].re + numbers[0].im, 0);
  result[count] = magnitude(numbers[0].re - numbers[0].im, 0);
  for (int32_t k = 1; k <= count / 2; ++k) {
    const Number a = numbers[k], b = numbers[count - k];
    const Number odd = Products::half({a.im + b.im, b.re - a.re}, twiddles[k - 1]);
    const int32_t re = (a.re + b.re) >> 1, im = (a.im - b.im) >> 1;
    result[k] = magnitude(re + odd.re, im + odd.im);
    result[count - k] = magnitude(re - odd.re, im - odd.im);
  }
}

}  // namespace tmc::kernels::sound
