// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/armv7em/host/detail/gate_table.hpp"

#include <gtest/gtest.h>

#include "tmc/kernels/armv7em/detail/gate_table.hpp"

namespace tmc::kernels::armv7em {
namespace {

TEST(GateTable, GivesTheReferenceForEveryArgument) {
  const Blob& blob = gate_table();
  ASSERT_EQ(blob.bytes.size(), size_t{GateTable::kWords} * sizeof(int32_t));
  const GateTable table(reinterpret_cast<const int32_t*>(blob.bytes.data()));
  for (int32_t x = INT16_MIN; x <= INT16_MAX; ++x) {
    ASSERT_EQ(table.logistic(x), logistic_fixed16(static_cast<int16_t>(x))) << x;
    for (int32_t integer_bits = 2; integer_bits <= 6; ++integer_bits) {
      ASSERT_EQ(table.tanh(x, integer_bits), tanh_fixed16(static_cast<int16_t>(x), integer_bits))
          << x << " of " << integer_bits << " integer bits";
    }
  }
}

}  // namespace
}  // namespace tmc::kernels::armv7em
