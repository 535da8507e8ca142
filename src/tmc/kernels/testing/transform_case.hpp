// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The stages of signal_rfft and signal_irfft once more, each division and product spelled out.

#include <cmath>
#include <cstdint>
#include <vector>

namespace tmc::kernels::testing {

struct Pair {
  int16_t re, im;
};

inline int16_t fifteenths(int64_t product) {
  return static_cast<int16_t>(static_cast<int64_t>(std::floor(std::ldexp(static_cast<double>(product), -15) + 0.5)));
}
inline Pair over(Pair a, int divisor) {
  return {fifteenths(int64_t{a.re} * (32767 / divisor)), fifteenths(int64_t{a.im} * (32767 / divisor))};
}
inline Pair turned(Pair a, double angle) {
  const auto re = static_cast<int64_t>(std::floor(32767 * std::cos(angle) + 0.5));
  const auto im = static_cast<int64_t>(std::floor(32767 * std::sin(angle) + 0.5));
  return {fifteenths(a.re * re - a.im * im), fifteenths(a.re * im + a.im * re)};
}
inline Pair plus(Pair a, Pair b) {
  return {static_cast<int16_t>(a.re + b.re), static_cast<int16_t>(a.im + b.im)};
}
inline Pair times_i(Pair a, int sign) {
  return {static_cast<int16_t>(-sign * a.im), static_cast<int16_t>(sign * a.re)};
}
inline Pair minus(Pair a) {
  return {static_cast<int16_t>(-a.re), static_cast<int16_t>(-a.im)};
}

inline constexpr double kPi = 3.14159265358979323846;

// By recursion over numbers that lie anywhere. `sign`: of the angle, 1 for the inverse.
inline std::vector<Pair> transformed(const std::vector<Pair>& x, int sign) {
  const size_t count = x.size();
  if (count == 1) return x;
  const size_t radix = count % 4 == 0 ? 4 : 2;
  const size_t m = count / radix;
  std::vector<std::vector<Pair>> parts;
  for (size_t r = 0; r < radix; ++r) {
    std::vector<Pair> part;
    for (size_t i = r; i < count; i += radix) part.push_back(x[i]);
    parts.push_back(transformed(part, sign));
  }
  std::vector<Pair> result(count);
  for (size_t k = 0; k < m; ++k) {
    std::vector<Pair> t;
    for (size_t r = 0; r < radix; ++r) {
      const Pair part = over(parts[r][k], static_cast<int>(radix));
      const double angle = sign * 2 * kPi * static_cast<double>(r * k) / static_cast<double>(count);
      t.push_back(r == 0 ? part : turned(part, angle));
    }
    if (radix == 2) {
      result[k] = plus(t[0], t[1]);
      result[k + m] = plus(t[0], minus(t[1]));
      continue;
    }
    const Pair difference = plus(t[1], minus(t[3]));
    result[k] = plus(plus(t[0], t[2]), plus(t[1], t[3]));
    result[k + m] = plus(plus(t[0], minus(t[2])), times_i(difference, sign));
    result[k + 2 * m] = plus(plus(t[0], t[2]), minus(plus(t[1], t[3])));
    result[k + 3 * m] = plus(plus(t[0], minus(t[2])), times_i(difference, -sign));
  }
  return result;
}

// The model's constants as the contract says them.
inline std::vector<int16_t> twiddles_of(int32_t length, int sign) {
  const int32_t n = length / 2;
  std::vector<int16_t> twiddles;
  const auto append = [&](double angle) {
    twiddles.push_back(static_cast<int16_t>(std::floor(32767 * std::cos(angle) + 0.5)));
    twiddles.push_back(static_cast<int16_t>(std::floor(32767 * std::sin(angle) + 0.5)));
  };
  for (int32_t k = 0; k < n - n / 4; ++k) append(sign * 2 * kPi * k / n);
  for (int32_t k = 1; k <= n / 2; ++k) append(sign * kPi * (static_cast<double>(k) / n + 0.5));
  return twiddles;
}

}  // namespace tmc::kernels::testing
