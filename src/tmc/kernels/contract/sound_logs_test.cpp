// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

#include "tmc/kernels/testing/sound_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

std::vector<int16_t> run(SoundLogsCase made, std::vector<std::string>* tested = nullptr) {
  const std::vector<std::byte> bytes = expect_implementations_agree(made.test_case(), tested);
  std::vector<int16_t> output(bytes.size() / sizeof(int16_t));
  std::memcpy(output.data(), bytes.data(), bytes.size());
  return output;
}

TEST(SoundLogs, ImplementationsAgree) {
  std::mt19937 rng(5);
  std::vector<std::string> tested;
  for (int round = 0; round < 400; ++round) run(any_sound_logs_case(rng), &tested);
  expect_all_were_tested(*find_kernel(SoundLogs::kName), tested);
}

TEST(SoundLogs, IsTheLogarithmOfABandAboveTheFloor) {
  std::mt19937 rng(6);
  for (int round = 0; round < 60; ++round) {
    SoundLogsCase made;
    made.params.frames = 3;
    made.params.taps = 1;
    made.params.normalize = round % 2;
    made.params.silent = 4;
    made.params.reference = 31 << 16;
    made.bands = random_values<uint32_t>(rng, 15, 0, UINT32_MAX);
    for (uint32_t& band : made.bands) band >>= pick(rng, 0, 31);
    const double floor = std::exp2(-pick(rng, 1, 14)) * (made.params.normalize == 1 ? 1 : 4096);
    const auto bits = static_cast<uint64_t>(std::ldexp(floor, 31));
    made.params.floor_low = static_cast<int32_t>(bits);
    made.params.floor_high = static_cast<int32_t>(bits >> 32);
    made.weights.assign(5, 1);
    made.rows.assign(10, 0);
    const auto output = run(made);
    const double loudest = std::max(4U, *std::ranges::max_element(made.bands));
    for (size_t i = 0; i < output.size(); ++i) {
      const double band = made.params.normalize == 1 ? made.bands[i] / loudest : made.bands[i];
      EXPECT_NEAR(output[i], std::clamp(1024 * std::log2(band + floor), -32768.0, 32767.0), 0.6) << made.bands[i];
    }
  }
}

TEST(SoundLogs, AddsProductsOfManyLogarithms) {
  SoundLogsCase made;
  made.params.frames = 1;
  made.params.taps = 4;
  made.params.silent = 1;
  made.bands = {2, 4, 8, 16};  // logarithms 1, 2, 3, 4
  made.weights = {1, 2, 3, 4, -1, 1, -1, 1, 32767, 32767, 32767, 32767};
  made.rows = {10, 5, 11, 0, 0, 0};
  made.params.reference = 31 << 16;
  EXPECT_EQ(run(made), (std::vector<int16_t>{30 + 5, 1, INT16_MAX}));
}

}  // namespace
}  // namespace tmc::kernels
