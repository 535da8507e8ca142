// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tmc/kernels/testing/table_after_case.hpp"

namespace tmc::kernels {
namespace {

TEST(Conv2dS8Table, ImplementationsAgreeOnRandomAndExtremeCases) {
  std::mt19937 rng(31);
  std::vector<std::string> tested;
  for (int round = 0; round < 600; ++round) {
    testing::expect_implementations_agree(testing::any_conv_table_case(rng, round), &tested);
  }
  testing::expect_all_were_tested(*find_kernel("conv2d_s8_table"), tested);
}

// The layer, then its table, out of the same blobs: what fusing them relies on.
TEST(Conv2dS8Table, GivesTheTableOfTheLayersOutput) {
  std::mt19937 rng(32);
  int compared = 0;
  for (int round = 0; round < 60; ++round) {
    const testing::Case fused = testing::any_conv_table_case(rng, round);
    testing::Case plain = fused;
    plain.kernel = find_kernel("conv2d_s8");
    plain.constants.pop_back();
    const auto table = ConstantView{DType::kI8, fused.constants.back().bytes}.to_vector<int8_t>();
    for (const ImplementationInfo* implementation : all_implementations()) {
      if (implementation->kernel != plain.kernel) continue;
      const ImplementationInfo* with_table =
          find_implementation(implementation->isa, std::string(implementation->name) + "_table");
      if (with_table == nullptr) continue;
      auto expected = testing::run_implementation(*implementation, plain);
      const auto output = testing::run_implementation(*with_table, fused);
      ASSERT_EQ(expected.has_value(), output.has_value()) << with_table->label();
      if (!expected) continue;
      for (std::byte& value : *expected) {
        value = static_cast<std::byte>(table[static_cast<size_t>(static_cast<int8_t>(value) + 128)]);
      }
      ASSERT_EQ(*output, *expected) << with_table->label();
      ++compared;
    }
  }
  EXPECT_GT(compared, 60);
}

}  // namespace
}  // namespace tmc::kernels
