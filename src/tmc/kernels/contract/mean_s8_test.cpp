// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/mean.hpp"

#include <gtest/gtest.h>

#include "tmc/kernels/testing/mean_case.hpp"

namespace tmc::kernels {
namespace {

using Params = MeanS8::Params;

TEST(MeanS8, AnyAxesAreExact) {
  testing::expect_random_means<MeanS8>(51, 200);
}

TEST(MeanS8, SumsThatCouldOverflowAreRefused) {
  const ImplementationInfo* implementation = find_implementation("portable", "mean_s8");
  EXPECT_TRUE(implementation->applies(to_words(Params{{1, 1, 1}, {}, {1, 1, 1 << 23}, {}, 0, 0, 0, 0})));
  EXPECT_FALSE(implementation->applies(to_words(Params{{1, 1, 1}, {}, {1, 2, 1 << 23}, {}, 0, 0, 0, 0})));
}

}  // namespace
}  // namespace tmc::kernels
