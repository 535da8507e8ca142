// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/table_s8.hpp"

#include <gtest/gtest.h>

#include "tmc/kernels/testing/rows_case.hpp"

namespace tmc::kernels {
namespace {

TEST(TableS8, EveryInputIsLookedUp) {
  std::mt19937 rng(21);
  const auto table = testing::random_values<int8_t>(rng, 256, -128, 127);
  testing::Case test_case;
  test_case.kernel = find_kernel("table_s8");
  test_case.params = to_words(TableS8::Params{1, 256, 256, 256});
  test_case.constants = {make_blob(DType::kI8, table)};
  std::vector<int8_t> input, expected;
  for (int q = -128; q < 128; ++q) {
    input.push_back(static_cast<int8_t>(q));
    expected.push_back(table[static_cast<size_t>(q & 255)]);
  }
  test_case.inputs = {testing::to_bytes(input)};
  test_case.output_bytes = 256;
  std::vector<std::string> tested;
  EXPECT_EQ(testing::expect_implementations_agree(test_case, &tested), testing::to_bytes(expected));
  testing::expect_all_were_tested(*test_case.kernel, tested);
}

TEST(TableS8, RowsGoFromStrideToStride) {
  std::mt19937 rng(22);
  for (int round = 0; round < 100; ++round) {
    const auto table = testing::random_values<int8_t>(rng, 256, -128, 127);
    testing::expect_rows<TableS8>(rng, testing::random_rows<TableS8::Params>(rng), {make_blob(DType::kI8, table)},
                                  [&](int8_t value) { return table[static_cast<uint8_t>(value)]; });
  }
}

TEST(TableS8, ATableCountsAsCode) {
  const std::vector<int8_t> table(256);
  const ConstantView view{DType::kI8, std::as_bytes(std::span(table))};
  for (const ImplementationInfo* implementation : all_implementations()) {
    if (implementation->kernel->name != std::string("table_s8")) continue;
    const auto packed = implementation->pack(to_words(TableS8::Params{}), {&view, 1});
    ASSERT_TRUE(packed);
    EXPECT_TRUE(packed->front().is_table) << implementation->type_name;
  }
}

}  // namespace
}  // namespace tmc::kernels
