// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/signal_filter_bank.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tmc/kernels/testing/naive.hpp"
#include "tmc/kernels/testing/signal_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

std::vector<int16_t> logs(const std::vector<uint32_t>& x, int32_t scale, int32_t bits) {
  std::vector<uint16_t> table;
  for (int i = 0; i <= 128; ++i) {
    table.push_back(static_cast<uint16_t>(std::lround(65536 * (std::log2(1 + i / 128.0) - i / 128.0))));
  }
  const SignalLog::Params p{
      .elements = static_cast<int32_t>(x.size()), .output_scale = scale, .correction_bits = bits, .table = 129};
  return run_signal<SignalLog, int16_t>(p, {to_bytes(x)}, x.size(), {make_blob(DType::kU16, table)});
}

TEST(SignalLog, IsNearTheReals) {
  std::mt19937 rng(13);
  for (int round = 0; round < 60; ++round) {
    const int32_t bits = pick(rng, 0, 3);
    auto x = random_values<uint32_t>(rng, 30, 1, 0xFFFFFFFF);
    for (uint32_t& value : x) value >>= pick(rng, bits, 30);
    const auto output = logs(x, 1000, bits);
    for (size_t i = 0; i < x.size(); ++i) {
      const double real = x[i] == 0 ? 0 : 1000 * std::log(std::ldexp(x[i], bits));
      EXPECT_NEAR(output[i], real, 4) << x[i] << " " << bits;
    }
  }
}

TEST(SignalLog, SaturatesAndWraps) {
  EXPECT_EQ(logs({0, 1, 2, 3}, 64, 0), (std::vector<int16_t>{0, 0, 44, 70}));
  EXPECT_EQ(logs({UINT32_MAX}, 2000, 0), std::vector<int16_t>{32767});
  EXPECT_EQ(logs({0x80000000}, 64, 1), std::vector<int16_t>{0});     // shifted out
  EXPECT_EQ(logs({UINT32_MAX}, 2955, 0), std::vector<int16_t>{12});  // 2955 * 1453728 is above 2^32
}

}  // namespace
}  // namespace tmc::kernels
