// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tmc/kernels/testing/dense_sums_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

TEST(DenseSumsS8, AddsUpProducts) {
  std::mt19937 rng(4);
  std::vector<std::string> tested;
  for (int round = 0; round < 100; ++round) {
    const DenseSumsCase made = any_dense_sums_case(rng);
    ASSERT_EQ(expect_implementations_agree(made.test_case, &tested), to_bytes(made.expected)) << round;
  }
  expect_all_were_tested(*find_kernel(DenseSumsS8::kName), tested);
}

}  // namespace
}  // namespace tmc::kernels
