// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of max_pool_s8 and max_pool_s16.

#include "tmc/kernels/contract/max_pool.hpp"
#include "tmc/kernels/testing/pool_case.hpp"

namespace tmc::kernels::testing {

// Every other round with enough channels for a word of them.
template <typename Contract>
typename Contract::Params random_max_pool(std::mt19937& rng, int round) {
  auto p = random_quantized_pool<Contract>(rng);
  if (round % 2 == 0) p.channels = pick(rng, 4, 43);
  return p;
}

template <typename Contract>
void expect_max_pool(const typename Contract::Params& p, const std::vector<Element<Contract>>& image) {
  expect_pool<Contract>(p, image, [&](int n, int y, int x, int c) {
    double largest = -HUGE_VAL;
    visit_window(p, image, n, y, x, c, [&](double value) { largest = std::fmax(largest, value); });
    return static_cast<Element<Contract>>(naive_clamp(largest, p.activation_min, p.activation_max));
  });
}

template <typename Contract>
Case any_max_pool_case(std::mt19937& rng, int round) {
  const auto p = random_max_pool<Contract>(rng, round);
  return pool_case<Contract>(p, random_image<Contract>(rng, p));
}

}  // namespace tmc::kernels::testing
