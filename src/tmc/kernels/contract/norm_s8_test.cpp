// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tmc/kernels/common/row_norm.hpp"
#include "tmc/kernels/testing/norm_case.hpp"

namespace tmc::kernels {
namespace {

TEST(NormS8, IsNearTheRowsInReals) {
  testing::expect_near_reals<NormS8, int8_t>(40);
}

TEST(NormS8, OfRandomRowsTheErrorIsThatOfTheOutputsSteps) {
  testing::expect_decibels<NormS8, int8_t>(40);
}

TEST(NormS8, TheInverseRootIsExactTo19Bits) {
  for (uint64_t m = uint64_t{1} << 30; m < uint64_t{1} << 32; m += 12345) {
    const double exact = std::ldexp(1 / std::sqrt(std::ldexp(static_cast<double>(m), -30)), 30);
    ASSERT_NEAR(inverse_root_of_mantissa(static_cast<uint32_t>(m)), exact, exact * 0x1p-19) << m;
  }
}

}  // namespace
}  // namespace tmc::kernels
