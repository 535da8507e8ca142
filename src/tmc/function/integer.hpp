// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Arithmetic that is defined for every pair of numbers of any type. Integers of n bits are computed modulo 2^n; a
// division of integers by zero gives zero.

#include "tmc/function/types.hpp"

namespace tmc::function {

// operation(a, b), of integers without a sign, in which nothing overflows.
template <typename T, typename Operation>
T wrapped(T a, T b, Operation operation) {
  if constexpr (kIsReal<T>) {
    return operation(a, b);
  } else if constexpr (sizeof(T) == 8) {
    return static_cast<T>(operation(static_cast<uint64_t>(a), static_cast<uint64_t>(b)));
  } else {
    return static_cast<T>(operation(static_cast<uint32_t>(a), static_cast<uint32_t>(b)));
  }
}

template <typename T>
T sum_of(T a, T b) {
  return wrapped(a, b, [](auto x, auto y) { return x + y; });
}
template <typename T>
T difference_of(T a, T b) {
  return wrapped(a, b, [](auto x, auto y) { return x - y; });
}
template <typename T>
T product_of(T a, T b) {
  return wrapped(a, b, [](auto x, auto y) { return x * y; });
}

template <typename T>
T negated(T x) {
  if constexpr (kIsReal<T>) return -x;
  return difference_of(T(0), x);
}
// The distance from zero.
template <typename T>
T size_of(T x) {
  return x < 0 ? negated(x) : x;
}

template <typename T>
inline constexpr bool kIsSigned = T(0) > static_cast<T>(T(0) - T(1));

template <typename T>
inline constexpr T kMost = static_cast<T>(~T(0));
template <>
inline constexpr int8_t kMost<int8_t> = INT8_MAX;
template <>
inline constexpr int16_t kMost<int16_t> = INT16_MAX;
template <>
inline constexpr int32_t kMost<int32_t> = INT32_MAX;
template <>
inline constexpr int64_t kMost<int64_t> = INT64_MAX;
template <>
inline constexpr bool kMost<bool> = true;
// Nothing asks for those of reals.
template <>
inline constexpr float kMost<float> = 0;
template <>
inline constexpr double kMost<double> = 0;

// What nothing is below, and nothing above; of reals infinite.
template <typename T>
T most_of() {
  if constexpr (kIsReal<T>) return static_cast<T>(__builtin_inff());
  return kMost<T>;
}
template <typename T>
T least_of() {
  if constexpr (kIsReal<T>) return -most_of<T>();
  return kIsSigned<T> ? static_cast<T>(-kMost<T> - 1) : T(0);
}

// The same number as another type: reals lose what is behind the point, are limited to what an integer holds, and are 0
// where they are none; integers keep their lowest bits; what is not zero is true.
template <typename To, typename From>
To converted(From x) {
  if constexpr (kDTypeOf<To> == DType::kBool) {
    return x != From(0);
  } else if constexpr (kIsReal<From> && !kIsReal<To>) {
    if (!(x > static_cast<From>(least_of<To>()))) return __builtin_isnan(x) ? To(0) : least_of<To>();
    return x < static_cast<From>(kMost<To>) ? static_cast<To>(x) : kMost<To>;
  } else {
    return static_cast<To>(x);
  }
}

// Of integers without what is behind the point.
template <typename T>
T quotient_of(T a, T b) {
  if constexpr (kIsReal<T>) {
    return a / b;
  } else {
    if (b == 0) return 0;
    if (kIsSigned<T> && b == static_cast<T>(-1)) return negated(a);
    return static_cast<T>(a / b);
  }
}

// a without the largest whole multiple of b: it has a's sign, and is exact. Of reals as C's fmod.
template <typename T>
T remainder_of(T a, T b) {
  if constexpr (kIsReal<T>) {
    const T divisor = b < 0 ? -b : b;
    T rest = a < 0 ? -a : a;
    if (!(divisor > 0) || !__builtin_isfinite(rest)) return static_cast<T>(__builtin_nanf(""));
    if (!(rest >= divisor)) return a;
    T step = divisor;
    while (step <= rest / 2) step += step;
    for (; step >= divisor; step /= 2) {
      if (rest >= step) rest -= step;
    }
    return a < 0 ? -rest : rest;
  } else {
    if (b == 0 || (kIsSigned<T> && b == static_cast<T>(-1))) return 0;
    return static_cast<T>(a % b);
  }
}

// The same with b's sign.
template <typename T>
T modulo_of(T a, T b) {
  const T rest = remainder_of(a, b);
  return rest != 0 && (rest < 0) != (b < 0) ? sum_of(rest, b) : rest;
}

// The exponent is whole and not negative.
template <typename T, typename Exponent>
T whole_power_of(T base, Exponent exponent) {
  T power = 1;
  for (; exponent != 0; exponent >>= 1) {
    if ((exponent & 1) != 0) power = product_of(power, base);
    base = product_of(base, base);
  }
  return power;
}

}  // namespace tmc::function
