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

// Compares the case with what the layer itself and then the table give, out of the same blobs, which is what fusing
// them relies on: of every implementation that has one with a table. Returns of how many.
inline int expect_table_of_layer(const Case& fused) {
  Case plain = fused;
  const std::string name = fused.kernel->name;
  plain.kernel = find_kernel(name.substr(0, name.size() - std::string_view("_table").size()));
  plain.constants.pop_back();
  const auto table = ConstantView{DType::kI8, fused.constants.back().bytes}.to_vector<int8_t>();
  int compared = 0;
  for (const ImplementationInfo* implementation : all_implementations()) {
    if (implementation->kernel != plain.kernel) continue;
    const auto* with_table = find_implementation(implementation->isa, std::string(implementation->name) + "_table");
    if (with_table == nullptr) continue;
    auto expected = run_implementation(*implementation, plain);
    const auto output = run_implementation(*with_table, fused);
    EXPECT_EQ(expected.has_value(), output.has_value()) << with_table->label();
    if (!expected || !output) continue;
    for (std::byte& value : *expected) {
      value = static_cast<std::byte>(table[static_cast<size_t>(static_cast<int8_t>(value) + 128)]);
    }
    EXPECT_EQ(*output, *expected) << with_table->label();
    ++compared;
  }
  return compared;
}

}  // namespace tmc::kernels::testing
