// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of max_pool_s8.

#include "tmc/kernels/contract/max_pool_s8.hpp"
#include "tmc/kernels/testing/pool_case.hpp"

namespace tmc::kernels::testing {

// Every other round with enough channels for a word of four.
inline MaxPoolS8::Params random_max_pool(std::mt19937& rng, int round) {
  auto p = random_int8_pool<MaxPoolS8::Params>(rng);
  if (round % 2 == 0) p.channels = pick(rng, 4, 43);
  return p;
}

inline Case any_max_pool_case(std::mt19937& rng, int round) {
  const MaxPoolS8::Params p = random_max_pool(rng, round);
  return pool_case<MaxPoolS8>(p, random_image(rng, p));
}

}  // namespace tmc::kernels::testing
