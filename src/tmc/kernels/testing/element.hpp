// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The elements that a contract's tensors hold, and random ones.

#include <limits>
#include <type_traits>

#include "tmc/kernels/testing/implementation_case.hpp"

namespace tmc::kernels::testing {

template <typename Contract>
using Element = std::remove_pointer_t<decltype(Contract::Buffers::output)>;

template <typename T>
constexpr int kLeast = std::numeric_limits<T>::min();
template <typename T>
constexpr int kMost = std::numeric_limits<T>::max();

// Any values of T, every sixteenth at an end of its range.
template <typename T>
std::vector<T> random_elements(std::mt19937& rng, size_t count) {
  std::vector<T> values = random_values<T>(rng, count, kLeast<T>, kMost<T>);
  for (size_t i = rng() % 16; i < count; i += 16) values[i] = static_cast<T>(i % 3 == 0 ? kMost<T> : kLeast<T>);
  return values;
}

// No bound, or one on either side of `zero_point`, which stands for zero.
template <typename T, typename Params>
void randomize_range(std::mt19937& rng, Params& p, int32_t zero_point) {
  const int most_above = 40 * (kMost<T> / 127);
  p.activation_min = rng() % 3 == 0 ? zero_point : kLeast<T>;
  p.activation_max = rng() % 4 == 0 ? std::min(kMost<T>, zero_point + most_above) : kMost<T>;
}

}  // namespace tmc::kernels::testing
