// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A transform of complex floats by decimation in time (Cooley and Tukey, 1965), a stage for each factor of their
// number: odd ones first, then a 2 where one is left, then 4s; where there are no odd ones, an 8 in place of a 2 and a
// 4. An odd factor r is a sum of r terms in which those that mirror one another share their products, so that a prime
// number of points takes as many steps as its square.
//
// Implementations of other instruction sets give the same bits (docs/float.md), also where compilers fuse a product
// with the sum that it goes to: the order of operations is a part of each function here.

#include "tmc/kernels/common/complex.hpp"

namespace tmc::kernels::portable::mixed_radix {

// In memory it is a pair of floats, which `load` and `store` read and write.
using Complex = kernels::Complex<float>;

inline Complex load(const float* pairs, int32_t at) {
  return {pairs[2 * at], pairs[2 * at + 1]};
}
inline void store(float* pairs, int32_t at, Complex value) {
  pairs[2 * at] = value.re;
  pairs[2 * at + 1] = value.im;
}

constexpr int32_t kMostStages = 20;  // of up to 2^31 points: 3^20 are more

// The factors of a number of points, those of the innermost stage first.
struct Stages {
  int32_t radix[kMostStages] = {};
  int32_t count = 0;
  int32_t largest_odd = 1;
};

constexpr bool is_twice_a_power_of_4(int32_t power) {
  while (power % 4 == 0) power /= 4;
  return power == 2;
}

constexpr Stages stages_of(int32_t points) {
  Stages stages;
  int32_t odd = points;
  while (odd % 2 == 0) odd /= 2;
  int32_t power = points / odd;
  for (int32_t factor = 3; odd > 1; factor += 2) {
    if (factor > odd / factor) factor = odd;  // what is left is prime
    while (odd % factor == 0) {
      stages.radix[stages.count++] = factor;
      stages.largest_odd = factor > stages.largest_odd ? factor : stages.largest_odd;
      odd /= factor;
    }
  }
  if (stages.count == 0 && power > 4 && is_twice_a_power_of_4(power)) {
    stages.radix[stages.count++] = 8;
    power /= 8;
  }
  for (; power % 4 == 0; power /= 4) stages.radix[stages.count++] = 4;
  // The last of the 4s and a 2 change places: 2 is first of the powers.
  if (power == 2) {
    int32_t at = stages.count++;
    for (; at > 0 && stages.radix[at - 1] == 4; --at) stages.radix[at] = stages.radix[at - 1];
    stages.radix[at] = 2;
  }
  return stages;
}

// Writes source(i) for every i < points to where the stages want it: the digits of i in the radices, in reverse.
template <typename Source>
inline void place(const Stages& stages, int32_t points, Source source, float* pairs) {
  int32_t digits[kMostStages] = {};
  const int32_t radix = stages.count > 0 ? stages.radix[0] : 1;
  const int32_t step = points / radix;
  int32_t from = 0;
  for (int32_t at = 0; at < points;) {
    for (int32_t i = 0; i < radix; ++i, ++at) store(pairs, at, source(from + i * step));
    int32_t weight = step;
    for (int32_t stage = 1; stage < stages.count; ++stage) {
      weight /= stages.radix[stage];
      from += weight;
      if (++digits[stage] < stages.radix[stage]) break;
      digits[stage] = 0;
      from -= weight * stages.radix[stage];
    }
  }
}

// What the stages share. `twiddles` has a whole turn in `turn` steps; a stage joins groups of m points.
struct Turn {
  const float* twiddles;
  int32_t turn;
};

inline void stage_of_2(const Turn& t, int32_t points, int32_t m, float* pairs) {
  const int32_t step = t.turn / (2 * m);
  for (int32_t k = 0; k < m; ++k) {
    const Complex w = load(t.twiddles, k * step);
    for (int32_t at = k; at < points; at += 2 * m) {
      const Complex a = load(pairs, at);
      const Complex b = load(pairs, at + m) * w;
      store(pairs, at, a + b);
      store(pairs, at + m, a - b);
    }
  }
}

// A quarter of a turn is -i, or i where the turn goes the other way.
template <bool kInverse>
inline Complex quarter_turned(Complex a) {
  return kInverse ? Complex{-a.im, a.re} : Complex{a.im, -a.re};
}

// The four sums of a butterfly.
struct Four {
  Complex a, b, c, d;
};
template <bool kInverse>
inline Four joined_4(Complex a, Complex b, Complex c, Complex d) {
  const Complex even = a + c;
  const Complex odd = b + d;
  const Complex even_less = a - c;
  const Complex odd_less = quarter_turned<kInverse>(b - d);
  return {even + odd, even_less + odd_less, even - odd, even_less - odd_less};
}

template <bool kInverse>
inline void join_4(Complex a, Complex b, Complex c, Complex d, int32_t at, int32_t m, float* pairs) {
  const Four four = joined_4<kInverse>(a, b, c, d);
  store(pairs, at, four.a);
  store(pairs, at + m, four.b);
  store(pairs, at + 2 * m, four.c);
  store(pairs, at + 3 * m, four.d);
}

// An eighth of a turn, and three of them.
template <bool kInverse>
inline Complex eighth_turned(Complex a) {
  constexpr float kRoot = 0.707106781F;  // of a half
  return kInverse ? Complex{kRoot * (a.re - a.im), kRoot * (a.re + a.im)}
                  : Complex{kRoot * (a.re + a.im), kRoot * (a.im - a.re)};
}
template <bool kInverse>
inline Complex three_eighths_turned(Complex a) {
  constexpr float kRoot = 0.707106781F;
  return kInverse ? Complex{-(kRoot * (a.re + a.im)), kRoot * (a.re - a.im)}
                  : Complex{kRoot * (a.im - a.re), -(kRoot * (a.re + a.im))};
}

// The eight sums of points that lie `apart` pairs from one another, side by side.
template <bool kInverse>
inline void join_8(const float* from, int32_t apart, float* pairs) {
  const auto point = [&](int32_t i) { return load(from, i * apart); };
  const Four even = joined_4<kInverse>(point(0), point(2), point(4), point(6));
  const Four odd = joined_4<kInverse>(point(1), point(3), point(5), point(7));
  const auto put = [pairs](int32_t at, Complex a, Complex b) {
    store(pairs, at, a + b);
    store(pairs, at + 4, a - b);
  };
  put(0, even.a, odd.a);
  put(1, even.b, eighth_turned<kInverse>(odd.b));
  put(2, even.c, quarter_turned<kInverse>(odd.c));
  put(3, even.d, three_eighths_turned<kInverse>(odd.d));
}

template <bool kInverse>
inline void stage_of_4(const Turn& t, int32_t points, int32_t m, float* pairs) {
  for (int32_t at = 0; at < points; at += 4 * m) {
    join_4<kInverse>(load(pairs, at), load(pairs, at + m), load(pairs, at + 2 * m), load(pairs, at + 3 * m), at, m,
                     pairs);
  }
  const int32_t step = t.turn / (4 * m);
  for (int32_t k = 1; k < m; ++k) {
    const Complex w1 = load(t.twiddles, k * step);
    const Complex w2 = load(t.twiddles, 2 * k * step);
    const Complex w3 = load(t.twiddles, 3 * k * step);
    for (int32_t at = k; at < points; at += 4 * m) {
      join_4<kInverse>(load(pairs, at), load(pairs, at + m) * w1, load(pairs, at + 2 * m) * w2,
                       load(pairs, at + 3 * m) * w3, at, m, pairs);
    }
  }
}

// One butterfly of an odd radix, whose turned points are in `terms`. Those that mirror one another come as sum and
// difference: of x * w + y * conj(w) the first is multiplied by the real part and the second by the imaginary one.
inline void join_odd(const Turn& t, int32_t radix, int32_t at, int32_t m, float* terms, float* pairs) {
  const Complex first = load(terms, 0);
  Complex all = first;
  for (int32_t j = 1; 2 * j < radix; ++j) {
    const Complex x = load(terms, j);
    const Complex y = load(terms, radix - j);
    store(terms, j, x + y);
    store(terms, radix - j, x - y);
    all = all + (x + y);
  }
  store(pairs, at, all);
  const int32_t step = t.turn / radix;
  for (int32_t q = 1; 2 * q < radix; ++q) {
    Complex even = first;
    Complex odd = {0, 0};
    int32_t angle = 0;
    for (int32_t j = 1; 2 * j < radix; ++j) {
      angle += q;
      if (angle >= radix) angle -= radix;
      const Complex w = load(t.twiddles, angle * step);
      const Complex sum = load(terms, j);
      const Complex difference = load(terms, radix - j);
      even = {even.re + sum.re * w.re, even.im + sum.im * w.re};
      odd = {odd.re - difference.im * w.im, odd.im + difference.re * w.im};
    }
    store(pairs, at + q * m, even + odd);
    store(pairs, at + (radix - q) * m, even - odd);
  }
}

// `terms` is scratch of as many pairs as the radix.
inline void stage_of_odd(const Turn& t, int32_t radix, int32_t points, int32_t m, float* terms, float* pairs) {
  const int32_t step = t.turn / (radix * m);
  for (int32_t k = 0; k < m; ++k) {
    for (int32_t at = k; at < points; at += radix * m) {
      for (int32_t j = 0; j < radix; ++j) {
        store(terms, j, load(pairs, at + j * m) * load(t.twiddles, j * k * step));
      }
      join_odd(t, radix, at, m, terms, pairs);
    }
  }
}

// A first stage, of groups of eight points that follow one another.
template <bool kInverse>
inline void stage_of_8(int32_t points, float* pairs) {
  for (int32_t at = 0; at < points; at += 8) join_8<kInverse>(pairs + 2 * at, 1, pairs + 2 * at);
}

// The transform of what `place` left in `pairs`, in place.
template <bool kInverse>
inline void transform(const Stages& stages, const Turn& turn, int32_t points, float* terms, float* pairs) {
  int32_t m = 1;
  for (int32_t stage = 0; stage < stages.count; ++stage) {
    const int32_t radix = stages.radix[stage];
    if (radix == 8) {
      stage_of_8<kInverse>(points, pairs);
    } else if (radix == 4) {
      stage_of_4<kInverse>(turn, points, m, pairs);
    } else if (radix == 2) {
      stage_of_2(turn, points, m, pairs);
    } else {
      stage_of_odd(turn, radix, points, m, terms, pairs);
    }
    m *= radix;
  }
}

}  // namespace tmc::kernels::portable::mixed_radix
