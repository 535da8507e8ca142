// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of mul_s8.

#include <algorithm>

#include "tmc/kernels/contract/mul_s8.hpp"
#include "tmc/kernels/testing/binary_case.hpp"

namespace tmc::kernels::testing {

inline MulS8::Params random_mul_params(std::mt19937& rng) {
  const FixedMultiplier fixed = testing::pick_multiplier(rng, 1e-5, 30);
  MulS8::Params p{};
  p.a_zero_point = pick(rng, -128, 127);
  p.b_zero_point = pick(rng, -128, 127);
  p.output_zero_point = pick(rng, -128, 127);
  p.output_multiplier = fixed.multiplier;
  p.output_shift = fixed.shift;
  p.activation_min = pick(rng, 0, 2) == 0 ? p.output_zero_point : -128;
  p.activation_max = pick(rng, 0, 3) == 0 ? std::min(127, p.output_zero_point + 40) : 127;
  return p;
}

inline Case any_mul_case(std::mt19937& rng) {
  return random_broadcast_case<MulS8>(rng, random_mul_params(rng));
}

}  // namespace tmc::kernels::testing
