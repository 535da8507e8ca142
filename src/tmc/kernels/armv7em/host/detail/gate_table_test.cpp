// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/armv7em/host/detail/gate_table.hpp"

#include <gtest/gtest.h>

#include "tmc/kernels/armv7em/detail/gate_arithmetic.hpp"
#include "tmc/kernels/armv7em/detail/gate_table.hpp"

namespace tmc::kernels::armv7em {
namespace {

template <typename Functions>
void expect_the_reference(const Functions& functions) {
  for (int32_t x = INT16_MIN; x <= INT16_MAX; ++x) {
    ASSERT_EQ(functions.logistic(x), logistic_fixed16(static_cast<int16_t>(x))) << x;
    for (int32_t integer_bits = 2; integer_bits <= 6; ++integer_bits) {
      ASSERT_EQ(functions.tanh(x, integer_bits), tanh_fixed16(static_cast<int16_t>(x), integer_bits))
          << x << " of " << integer_bits << " integer bits";
    }
  }
}

TEST(GateTable, GivesTheReferenceForEveryArgument) {
  const Blob& blob = gate_table();
  ASSERT_EQ(blob.bytes.size(), size_t{GateTable::kWords} * sizeof(int32_t));
  expect_the_reference(GateTable(reinterpret_cast<const int32_t*>(blob.bytes.data())));
}

TEST(GateArithmetic, GivesTheReferenceForEveryArgument) {
  expect_the_reference(GateArithmetic(nullptr));
}

}  // namespace
}  // namespace tmc::kernels::armv7em
