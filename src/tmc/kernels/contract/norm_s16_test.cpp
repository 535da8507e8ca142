// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tmc/kernels/testing/norm_case.hpp"

namespace tmc::kernels {
namespace {

TEST(NormS16, IsNearTheRowsInReals) {
  testing::expect_near_reals<NormS16, int16_t>(8000);
}

TEST(NormS16, OfRandomRowsTheErrorIsThatOfTheOutputsSteps) {
  testing::expect_decibels<NormS16, int16_t>(55);
}

}  // namespace
}  // namespace tmc::kernels
