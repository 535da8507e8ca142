// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Elements of any type, for the tests of families of kernels.

#include <cmath>
#include <limits>

#include "tmc/function/types.hpp"
#include "tmc/kernels/testing/float_case.hpp"

namespace tmc::kernels::testing {

// Small numbers, and the ends of an integer's range.
template <typename T>
std::vector<function::Stored<T>> any_elements(std::mt19937& rng, size_t count) {
  std::vector<function::Stored<T>> elements;
  for (size_t i = 0; i < count; ++i) {
    if constexpr (function::kIsReal<T>) {
      elements.push_back(std::normal_distribution<T>(0, 4)(rng));
    } else if constexpr (std::is_same_v<T, bool>) {
      elements.push_back(pick(rng, 0, 1) == 1);
    } else {
      const int kind = pick(rng, 0, 9);
      elements.push_back(kind == 0   ? std::numeric_limits<T>::min()
                         : kind == 1 ? std::numeric_limits<T>::max()
                                     : static_cast<T>(pick(rng, std::is_signed_v<T> ? -9 : 0, 40)));
    }
  }
  return elements;
}

template <typename T>
std::vector<T> elements_of(const std::vector<std::byte>& bytes) {
  std::vector<function::Stored<T>> stored(bytes.size() / sizeof(T));
  if (!stored.empty()) std::memcpy(stored.data(), bytes.data(), bytes.size());
  return {stored.begin(), stored.end()};
}

// Equal, but for what a compiler makes of products and sums of reals.
template <typename T>
bool is_near(T actual, T expected) {
  if constexpr (function::kIsReal<T>) {
    if (std::isnan(expected)) return std::isnan(actual);
    return actual == expected || std::abs(actual - expected) <= std::abs(expected) * T(4e-7);
  }
  return actual == expected;
}

}  // namespace tmc::kernels::testing
