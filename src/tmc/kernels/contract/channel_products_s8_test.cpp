// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tmc/kernels/testing/channel_products_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

TEST(ChannelProductsS8, SumsOverRowsOfItsOwn) {
  std::mt19937 rng(5);
  std::vector<std::string> tested;
  for (int round = 0; round < 200; ++round) {
    const ChannelProductsCase made = any_channel_products_case(rng);
    ASSERT_EQ(expect_implementations_agree(made.test_case, &tested), to_bytes(made.expected)) << round;
  }
  expect_all_were_tested(*find_kernel(ChannelProductsS8::kName), tested);
}

}  // namespace
}  // namespace tmc::kernels
