// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of mul_s8 and mul_s16.

#include <algorithm>

#include "tmc/kernels/contract/mul.hpp"
#include "tmc/kernels/testing/binary_case.hpp"

namespace tmc::kernels::testing {

// Zero points of int8.
template <typename Contract>
typename Contract::Params random_mul_params(std::mt19937& rng) {
  using T = Element<Contract>;
  constexpr bool kSymmetric = sizeof(T) > 1;
  const FixedMultiplier fixed = pick_multiplier(rng, kSymmetric ? 1e-9 : 1e-5, kSymmetric ? 1 : 30);
  const auto pick_zero_point = [&rng] { return kSymmetric ? 0 : pick(rng, kLeast<T>, kMost<T>); };
  typename Contract::Params p{};
  p.a_zero_point = pick_zero_point();
  p.b_zero_point = pick_zero_point();
  p.output_zero_point = pick_zero_point();
  p.output_multiplier = fixed.multiplier;
  p.output_shift = fixed.shift;
  randomize_range<T>(rng, p, p.output_zero_point);
  return p;
}

template <typename Contract>
Element<Contract> naive_mul(const typename Contract::Params& p, Element<Contract> a, Element<Contract> b) {
  const double product = 1.0 * (a - p.a_zero_point) * (b - p.b_zero_point);
  const double scaled = naive_requantize(product, p.output_multiplier, p.output_shift);
  return static_cast<Element<Contract>>(naive_clamp(scaled + p.output_zero_point, p.activation_min, p.activation_max));
}

template <typename Contract>
Case any_mul_case(std::mt19937& rng) {
  return random_broadcast_case<Contract>(rng, random_mul_params<Contract>(rng));
}

}  // namespace tmc::kernels::testing
