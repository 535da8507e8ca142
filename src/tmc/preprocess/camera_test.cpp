// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/preprocess/camera.hpp"

#include <gtest/gtest.h>

#include <random>

namespace tmc::preprocess {
namespace {

using Color = ImageSpec::Color;

std::vector<uint8_t> random_bytes(size_t count) {
  std::mt19937 rng(9);
  std::vector<uint8_t> bytes(count);
  for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(rng());
  return bytes;
}

TEST(Camera, NamesAreKnownBothWays) {
  for (const char* name : {"pixels", "rgb565", "rgb565_swapped", "yuyv", "uyvy"}) {
    const auto camera = camera_from_name(name);
    ASSERT_TRUE(camera);
    EXPECT_STREQ(camera_name(*camera), name);
  }
  EXPECT_FALSE(camera_from_name("rgb"));
}

TEST(Camera, WordsHoldTheHighestBits) {
  const std::vector<uint8_t> channels = random_bytes(3 * 400);
  for (const Camera camera : {Camera::kRgb565, Camera::kRgb565Swapped}) {
    for (const Color color : {Color::kRgb, Color::kBgr}) {
      const auto back = from_camera(to_camera(channels, camera, color), camera, color);
      ASSERT_EQ(back.size(), channels.size());
      for (size_t i = 0; i < channels.size(); ++i) EXPECT_NEAR(back[i], channels[i], i % 3 == 1 ? 2 : 4);
    }
  }
  EXPECT_EQ(to_camera({255, 0, 0}, Camera::kRgb565, Color::kRgb), (std::vector<uint8_t>{0x00, 0xf8}));
  EXPECT_EQ(to_camera({255, 0, 0}, Camera::kRgb565Swapped, Color::kRgb), (std::vector<uint8_t>{0xf8, 0x00}));
  EXPECT_EQ(to_camera({255, 0, 0}, Camera::kRgb565, Color::kBgr), (std::vector<uint8_t>{0x1f, 0x00}));
}

TEST(Camera, PairsOfOneColorComeBack) {
  std::vector<uint8_t> channels;
  for (const uint8_t value : random_bytes(3 * 400)) channels.push_back(value);
  for (size_t i = 0; i < channels.size(); i += 6) std::copy_n(channels.begin() + i, 3, channels.begin() + i + 3);
  for (const Camera camera : {Camera::kYuyv, Camera::kUyvy}) {
    const auto back = from_camera(to_camera(channels, camera, Color::kRgb), camera, Color::kRgb);
    ASSERT_EQ(back.size(), channels.size());
    for (size_t i = 0; i < channels.size(); ++i) EXPECT_NEAR(back[i], channels[i], 2);
  }
}

TEST(Camera, GreyIsLuma) {
  const std::vector<uint8_t> grey = random_bytes(64);
  EXPECT_EQ(from_camera(to_camera(grey, Camera::kYuyv, Color::kGray), Camera::kYuyv, Color::kGray), grey);
  EXPECT_EQ(from_camera(grey, Camera::kBytes, Color::kGray), grey);
}

}  // namespace
}  // namespace tmc::preprocess
