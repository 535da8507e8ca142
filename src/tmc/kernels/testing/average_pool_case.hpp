// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of average_pool_s8.

#include "tmc/kernels/contract/average_pool_s8.hpp"
#include "tmc/kernels/testing/pool_case.hpp"

namespace tmc::kernels::testing {

inline AveragePoolS8::Params random_average_pool(std::mt19937& rng) {
  AveragePoolS8::Params p = random_int8_pool<AveragePoolS8::Params>(rng);
  p.count_include_pad = pick(rng, 0, 1);
  p.input_zero_point = pick(rng, -128, 127);
  p.output_zero_point = p.input_zero_point;
  return p;
}

inline Case any_average_pool_case(std::mt19937& rng) {
  AveragePoolS8::Params p = random_average_pool(rng);
  p.channels = 4 * pick(rng, 1, 3);
  return pool_case<AveragePoolS8>(p, random_image(rng, p));
}

}  // namespace tmc::kernels::testing
