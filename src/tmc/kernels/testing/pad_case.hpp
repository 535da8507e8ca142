// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of pad.

#include "tmc/kernels/contract/pad.hpp"
#include "tmc/kernels/testing/implementation_case.hpp"
#include "tmc/kernels/testing/naive.hpp"

namespace tmc::kernels::testing {

inline Pad::Params random_pad(std::mt19937& rng, int32_t element_bytes) {
  Pad::Params p{};
  for (int axis = 0; axis < 4; ++axis) {
    p.extents[axis] = pick(rng, 1, axis == 3 ? 24 : 5);
    p.before[axis] = pick(rng, 0, 1) * pick(rng, 0, 3);
    p.after[axis] = pick(rng, 0, 1) * pick(rng, 0, 3);
  }
  p.element_bytes = element_bytes;
  p.fill = pick(rng, INT32_MIN, INT32_MAX);
  return p;
}

template <typename T>
std::vector<T> random_pad_input(std::mt19937& rng, const Pad::Params& p) {
  size_t elements = 1;
  for (const int32_t extent : p.extents) elements *= static_cast<size_t>(extent);
  return random_values<T>(rng, elements, INT32_MIN, INT32_MAX);
}

template <typename T>
Case pad_case(const Pad::Params& p, const std::vector<T>& input) {
  Case test_case;
  test_case.kernel = find_kernel("pad");
  test_case.params = to_words(p);
  test_case.inputs = {to_bytes(input)};
  test_case.output_bytes = sizeof(T);
  for (int axis = 0; axis < 4; ++axis) {
    test_case.output_bytes *= static_cast<size_t>(p.before[axis] + p.extents[axis] + p.after[axis]);
  }
  return test_case;
}

template <typename T>
Case any_pad_case(std::mt19937& rng) {
  const Pad::Params p = random_pad(rng, sizeof(T));
  return pad_case(p, random_pad_input<T>(rng, p));
}

}  // namespace tmc::kernels::testing
