// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/copy.hpp"

#include <gtest/gtest.h>

#include "tmc/kernels/testing/rows_case.hpp"

namespace tmc::kernels {
namespace {

TEST(Copy, RowsGoFromStrideToStride) {
  std::mt19937 rng(23);
  for (int round = 0; round < 100; ++round) {
    testing::expect_rows<Copy>(rng, testing::random_rows<Copy::Params>(rng), {}, [](int8_t value) { return value; });
  }
}

TEST(Copy, RowsThatSpreadDoNotRunInPlace) {
  const ImplementationInfo* implementation = find_implementation("portable", "copy");
  EXPECT_EQ(implementation->overlap(to_words(Copy::Params{2, 8, 8, 12}), 0).kind, Overlap::Kind::kNever);
  EXPECT_EQ(implementation->overlap(to_words(Copy::Params{2, 8, 12, 8}), 0).kind, Overlap::Kind::kForward);
}

}  // namespace
}  // namespace tmc::kernels
