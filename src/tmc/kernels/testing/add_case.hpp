// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of add_s8 and add_s16.

#include "tmc/kernels/contract/add.hpp"
#include "tmc/kernels/testing/binary_case.hpp"

namespace tmc::kernels::testing {

// Multipliers as TFLite's preparation makes them from three scales; zero points of int8.
template <typename Contract>
typename Contract::Params random_add_params(std::mt19937& rng) {
  using T = Element<Contract>;
  constexpr bool kSymmetric = sizeof(T) > 1;
  const double scale_a = std::exp(std::uniform_real_distribution<>(-8, 2)(rng));
  const double scale_b = scale_a * std::exp(std::uniform_real_distribution<>(-6, 6)(rng));
  const double twice_max = 2 * std::max(scale_a, scale_b);
  const FixedMultiplier a = quantize_multiplier(scale_a / twice_max);
  const FixedMultiplier b = quantize_multiplier(scale_b / twice_max);
  const double finest = std::ldexp(1, -Contract::kLeftShift);
  const FixedMultiplier out = pick_multiplier(rng, finest / 8, finest * 8);
  const auto pick_zero_point = [&rng] { return kSymmetric ? 0 : pick(rng, kLeast<T>, kMost<T>); };
  const bool subtracts = pick(rng, 0, 1) == 1;
  typename Contract::Params p{};
  p.a_zero_point = pick_zero_point();
  p.a_multiplier = a.multiplier;
  p.a_shift = a.shift;
  p.b_zero_point = pick_zero_point();
  p.b_multiplier = kSymmetric && subtracts ? -b.multiplier : b.multiplier;
  p.b_shift = b.shift;
  p.b_sign = !kSymmetric && subtracts ? -1 : 1;
  p.output_zero_point = pick_zero_point();
  p.output_multiplier = out.multiplier;
  p.output_shift = out.shift;
  randomize_range<T>(rng, p, p.output_zero_point);
  return p;
}

template <typename Contract>
Element<Contract> naive_add(const typename Contract::Params& p, Element<Contract> a, Element<Contract> b) {
  const auto fine = [](int32_t difference) { return std::ldexp(difference, Contract::kLeftShift); };
  const double scaled_a = naive_requantize(fine(a - p.a_zero_point), p.a_multiplier, p.a_shift);
  const double scaled_b = naive_requantize(fine(b - p.b_zero_point), p.b_multiplier, p.b_shift);
  const double sum = naive_requantize(scaled_a + p.b_sign * scaled_b, p.output_multiplier, p.output_shift);
  return static_cast<Element<Contract>>(naive_clamp(sum + p.output_zero_point, p.activation_min, p.activation_max));
}

template <typename Contract>
Case any_add_case(std::mt19937& rng) {
  return random_broadcast_case<Contract>(rng, random_add_params<Contract>(rng));
}

}  // namespace tmc::kernels::testing
