// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of average_pool_s8 and average_pool_s16.

#include "tmc/kernels/contract/average_pool.hpp"
#include "tmc/kernels/testing/pool_case.hpp"

namespace tmc::kernels::testing {

// Zero points of int8.
template <typename Contract>
typename Contract::Params random_average_pool(std::mt19937& rng) {
  auto p = random_quantized_pool<Contract>(rng);
  p.count_include_pad = pick(rng, 0, 1);
  p.input_zero_point = sizeof(Element<Contract>) > 1 ? 0 : pick(rng, -128, 127);
  p.output_zero_point = p.input_zero_point;
  p.ties_up = pick(rng, 0, 3) == 0 ? 1 : 0;
  return p;
}

// Onto another scale.
template <typename Contract>
typename Contract::Params random_rescaled_pool(std::mt19937& rng) {
  auto p = random_average_pool<Contract>(rng);
  const FixedMultiplier fixed = pick_multiplier(rng, 0.05, 20);
  p.rescale = 1;
  p.output_zero_point = sizeof(Element<Contract>) > 1 ? 0 : pick(rng, -128, 127);
  p.multiplier = fixed.multiplier;
  p.shift = fixed.shift;
  return p;
}

template <typename Contract>
void expect_average_pool(const typename Contract::Params& p, const std::vector<Element<Contract>>& image) {
  expect_pool<Contract>(p, image, [&](int n, int y, int x, int c) {
    double sum = 0;
    int count = 0;
    visit_window(p, image, n, y, x, c, [&](double value) {
      sum += value;
      ++count;
    });
    if (p.count_include_pad) {
      sum += (p.kernel_h * p.kernel_w - count) * p.input_zero_point;
      count = p.kernel_h * p.kernel_w;
    }
    double mean = p.ties_up ? std::floor((2 * sum + count) / (2 * count)) : std::round(sum / count);
    if (p.rescale) {
      const double fine = std::round(std::ldexp(sum - count * p.input_zero_point, Contract::kFractionBits) / count);
      mean = naive_requantize(fine, p.multiplier, p.shift - Contract::kFractionBits) + p.output_zero_point;
    }
    return static_cast<Element<Contract>>(naive_clamp(mean, p.activation_min, p.activation_max));
  });
}

template <typename Contract>
Case any_average_pool_case(std::mt19937& rng) {
  auto p = random_average_pool<Contract>(rng);
  p.channels = 4 * pick(rng, 1, 3);
  return pool_case<Contract>(p, random_image<Contract>(rng, p));
}

}  // namespace tmc::kernels::testing
