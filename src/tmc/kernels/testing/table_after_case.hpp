// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of the layers of which a table is looked up in every output.

#include "tmc/kernels/testing/conv_case.hpp"
#include "tmc/kernels/testing/fully_connected_case.hpp"

namespace tmc::kernels::testing {

// The case of the kernel's layer, NAME, as one of NAME_table with a random table, and its whole range of outputs.
template <typename Params>
Case with_table(std::mt19937& rng, Case test_case) {
  test_case.kernel = find_kernel(std::string(test_case.kernel->name) + "_table");
  auto params = from_words<Params>(test_case.params);
  params.activation_min = -128, params.activation_max = 127;
  test_case.params = to_words(params);
  test_case.constants.push_back(make_blob(DType::kI8, random_values<int8_t>(rng, 256, -128, 127)));
  return test_case;
}

inline Case any_conv_table_case(std::mt19937& rng, int round) {
  // In rounds that would be of 3x3, so that there are pointwise ones of all ranges.
  const Case shape = round % 4 == 1 ? any_conv_case(rng, round) : network_conv_case(rng, round);
  return with_table<Conv2dS8::Params>(rng, shape);
}

inline Case any_fully_connected_table_case(std::mt19937& rng, int round) {
  return with_table<FullyConnectedS8::Params>(rng, any_fully_connected_case(rng, round));
}

}  // namespace tmc::kernels::testing
