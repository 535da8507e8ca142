// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of the fully connected kernel.

#include "tmc/kernels/contract/fully_connected.hpp"
#include "tmc/kernels/testing/channel_case.hpp"

namespace tmc::kernels::testing {

inline Case fully_connected_case(std::mt19937& rng, const FullyConnectedS8::Params& p, const ChannelRanges& ranges) {
  Case test_case;
  test_case.kernel = find_kernel("fully_connected_s8");
  test_case.params = to_words(p);
  test_case.constants =
      random_channel_constants(rng, static_cast<size_t>(p.inputs * p.outputs), static_cast<size_t>(p.outputs), ranges);
  test_case.inputs = {to_bytes(random_values<int8_t>(rng, static_cast<size_t>(p.batch * p.inputs), -128, 127))};
  test_case.output_bytes = static_cast<size_t>(p.batch * p.outputs);
  return test_case;
}

inline Case any_fully_connected_case(std::mt19937& rng, int round) {
  const auto pick = [&](int low, int high) { return std::uniform_int_distribution<>(low, high)(rng); };
  FullyConnectedS8::Params params{};
  params.batch = pick(1, 3);
  params.inputs = round % 5 == 0 ? pick(500, 1100) : pick(1, 70);
  params.outputs = pick(1, 20);
  params.input_zero_point = pick(-128, 127);
  params.output_zero_point = pick(-128, 127);
  params.activation_min = round % 4 == 0 ? params.output_zero_point : -128;
  params.activation_max = 127;
  return fully_connected_case(rng, params, ranges_of_round(round));
}

}  // namespace tmc::kernels::testing
