// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/pixels_s8.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "tmc/kernels/testing/pixels_case.hpp"

namespace tmc::kernels {
namespace {

using testing::random_values;
using Rgb = std::array<double, 3>;

double byte_of(double value) {
  return std::clamp(std::floor(value + 0.5), 0.0, 255.0);
}

// The contract in reals.
Rgb rgb565(int word) {
  const double red = word >> 11, green = word >> 5 & 63, blue = word & 31;
  // Repeating the highest bits is what a 5-bit (6-bit) number is of the full range, rounded down from just above it.
  return {std::floor(red * 8.25), std::floor(green * 4.0625), std::floor(blue * 8.25)};
}

Rgb yuv(double y, double u, double v) {
  return {byte_of(y + 1.402 * (v - 128)), byte_of(y - 0.344136 * (u - 128) - 0.714136 * (v - 128)),
          byte_of(y + 1.772 * (u - 128))};
}

std::vector<int8_t> identity_tables(int channels) {
  std::vector<int8_t> table;
  for (int i = 0; i < 256 * channels; ++i) table.push_back(static_cast<int8_t>(i % 256 - 128));
  return table;
}

// The channels from 0 to 255, through tables that keep them.
std::vector<int> channels_of(const PixelsS8::Params& params, const std::vector<uint8_t>& input) {
  const auto bytes = testing::expect_implementations_agree(
      testing::pixels_case(params, input, identity_tables(params.pixel_channels)));
  std::vector<int> values;
  for (const std::byte byte : bytes) values.push_back(static_cast<int8_t>(byte) + 128);
  return values;
}

TEST(PixelsS8, EveryWordOfRgb565) {
  std::vector<uint8_t> low_first, high_first;
  for (int word = 0; word < 1 << 16; ++word) {
    low_first.insert(low_first.end(), {static_cast<uint8_t>(word), static_cast<uint8_t>(word >> 8)});
    high_first.insert(high_first.end(), {static_cast<uint8_t>(word >> 8), static_cast<uint8_t>(word)});
  }
  const auto values = channels_of({1 << 16, PixelsS8::kRgb565, 2, 3, 0}, low_first);
  EXPECT_EQ(channels_of({1 << 16, PixelsS8::kRgb565Swapped, 2, 3, 0}, high_first), values);
  const auto reversed = channels_of({1 << 16, PixelsS8::kRgb565, 2, 3, 1}, low_first);
  const auto grey = channels_of({1 << 16, PixelsS8::kRgb565, 2, 1, 0}, low_first);
  for (size_t word = 0; word < 1 << 16; ++word) {
    const Rgb expected = rgb565(static_cast<int>(word));
    for (size_t c = 0; c < 3; ++c) {
      ASSERT_EQ(values[3 * word + c], expected[c]) << word;
      ASSERT_EQ(reversed[3 * word + 2 - c], expected[c]) << word;
    }
    ASSERT_NEAR(grey[word], 0.299 * expected[0] + 0.587 * expected[1] + 0.114 * expected[2], 1) << word;
  }
}

TEST(PixelsS8, LumaAndChromaAreBt601) {
  std::mt19937 rng(5);
  std::vector<uint8_t> yuyv = {0, 0, 255, 255, 255, 255, 0, 0, 255, 128, 0, 128};
  const auto random = random_values<uint8_t>(rng, 40000, 0, 255);
  yuyv.insert(yuyv.end(), random.begin(), random.end());
  std::vector<uint8_t> uyvy = yuyv;
  for (size_t i = 0; i < uyvy.size(); i += 2) std::swap(uyvy[i], uyvy[i + 1]);
  const auto pixels = static_cast<int32_t>(yuyv.size() / 2);
  const auto values = channels_of({pixels, PixelsS8::kYuyv, 2, 3, 0}, yuyv);
  EXPECT_EQ(channels_of({pixels, PixelsS8::kUyvy, 2, 3, 0}, uyvy), values);
  const auto grey = channels_of({pixels, PixelsS8::kYuyv, 2, 1, 0}, yuyv);
  int beside = 0;  // what 16 bits of a factor round to the other side
  for (size_t pixel = 0; pixel < yuyv.size() / 2; ++pixel) {
    const size_t pair = pixel / 2 * 4;
    const Rgb expected = yuv(yuyv[2 * pixel], yuyv[pair + 1], yuyv[pair + 3]);
    ASSERT_EQ(grey[pixel], yuyv[2 * pixel]);
    for (size_t c = 0; c < 3; ++c) {
      ASSERT_NEAR(values[3 * pixel + c], expected[c], 1);
      beside += values[3 * pixel + c] != expected[c];
    }
  }
  EXPECT_LT(beside, pixels / 100);
}

TEST(PixelsS8, EachChannelHasItsTable) {
  std::mt19937 rng(6);
  for (int round = 0; round < 50; ++round) {
    const PixelsS8::Params params = testing::any_pixels_params(rng);
    const auto bytes = static_cast<size_t>(params.elements * params.pixel_bytes);
    const auto input = random_values<uint8_t>(rng, bytes, 0, 255);
    const auto channels = static_cast<size_t>(params.pixel_channels);
    const auto table = random_values<int8_t>(rng, channels * 256, -128, 127);
    const auto values = channels_of(params, input);
    std::vector<int8_t> expected;
    for (size_t i = 0; i < values.size(); ++i) {
      expected.push_back(table[i % channels * 256 + static_cast<size_t>(values[i])]);
    }
    std::vector<std::string> tested;
    const testing::Case test_case = testing::pixels_case(params, input, table);
    EXPECT_EQ(testing::expect_implementations_agree(test_case, &tested), testing::to_bytes(expected));
    if (round == 0) testing::expect_all_were_tested(*test_case.kernel, tested);
  }
}

}  // namespace
}  // namespace tmc::kernels
