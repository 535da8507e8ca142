// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of add_s8.

#include "tmc/kernels/contract/add_s8.hpp"
#include "tmc/kernels/testing/binary_case.hpp"

namespace tmc::kernels::testing {

// Multipliers as TFLite's preparation makes them from three scales.
inline AddS8::Params random_add_params(std::mt19937& rng) {
  const double scale_a = std::exp(std::uniform_real_distribution<>(-8, 2)(rng));
  const double scale_b = scale_a * std::exp(std::uniform_real_distribution<>(-6, 6)(rng));
  const double twice_max = 2 * std::max(scale_a, scale_b);
  const FixedMultiplier a = quantize_multiplier(scale_a / twice_max);
  const FixedMultiplier b = quantize_multiplier(scale_b / twice_max);
  const FixedMultiplier out = pick_multiplier(rng, 0x1p-23, 0x1p-17);
  AddS8::Params p{};
  p.a_zero_point = pick(rng, -128, 127);
  p.a_multiplier = a.multiplier;
  p.a_shift = a.shift;
  p.b_zero_point = pick(rng, -128, 127);
  p.b_multiplier = b.multiplier;
  p.b_shift = b.shift;
  p.b_sign = pick(rng, 0, 1) == 0 ? 1 : -1;
  p.output_zero_point = pick(rng, -128, 127);
  p.output_multiplier = out.multiplier;
  p.output_shift = out.shift;
  p.activation_min = pick(rng, 0, 2) == 0 ? p.output_zero_point : -128;
  p.activation_max = pick(rng, 0, 3) == 0 ? std::min(127, p.output_zero_point + 40) : 127;
  return p;
}

inline Case any_add_case(std::mt19937& rng) {
  AddS8::Params p = random_add_params(rng);
  return random_broadcast_case<AddS8>(rng, p);
}

}  // namespace tmc::kernels::testing
