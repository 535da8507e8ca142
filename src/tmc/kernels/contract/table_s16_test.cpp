// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/table_s16.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tmc/kernels/testing/unary_s16_case.hpp"

namespace tmc::kernels {
namespace {

TEST(TableS16, EveryInputIsInterpolated) {
  std::mt19937 rng(22);
  const std::vector<int16_t> every = testing::every_int16();
  for (const int low : {-32768, -300, -16000}) {
    // Neighbours are less than 2^15 apart; the first round has the ends of the range beside zeros.
    auto table = testing::random_values<int16_t>(rng, 513, low, low + 32767);
    if (low == -32768) table[0] = table[2] = -32768, table[1] = -1, table[512] = table[511] = 0;
    const auto output = testing::outputs_of_every_int16<TableS16>({}, {make_blob(DType::kI16, table)});
    for (size_t i = 0; i < every.size(); ++i) {
      const double place = (every[i] + 32768) / 128.0;
      const auto before = static_cast<size_t>(place);
      const double rise = (table[before + 1] - table[before]) * (place - std::floor(place));
      ASSERT_EQ(output[i], table[before] + std::floor(rise + 0.5)) << every[i];
    }
  }
}

}  // namespace
}  // namespace tmc::kernels
