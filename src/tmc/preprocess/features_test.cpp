// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/preprocess/features.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace tmc::preprocess {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;

ImageSpec plain() {
  ImageSpec spec;
  spec.scale = {1};
  return spec;
}

TEST(ImageFeatures, SameSizeIsTheSamePixels) {
  const Image image{1, 2, {1, 2, 3, 4, 5, 6}};
  EXPECT_THAT(image_features(image, plain(), 1, 2), ElementsAre(1, 2, 3, 4, 5, 6));
}

TEST(ImageFeatures, OrdersChannels) {
  const Image image{1, 2, {1, 2, 3, 4, 5, 6}};
  ImageSpec spec = plain();
  spec.color = ImageSpec::Color::kBgr;
  EXPECT_THAT(image_features(image, spec, 1, 2), ElementsAre(3, 2, 1, 6, 5, 4));
  spec.channels_first = true;
  EXPECT_THAT(image_features(image, spec, 1, 2), ElementsAre(3, 6, 2, 5, 1, 4));
  spec.color = ImageSpec::Color::kGray;
  EXPECT_THAT(image_features({1, 1, {100, 200, 50}}, spec, 1, 1), ElementsAre(153));
}

TEST(ImageFeatures, ScalesAndOffsetsChannels) {
  ImageSpec spec;
  spec.scale = {1, 2, 0.5};
  spec.offset = {0, -1, 10};
  EXPECT_THAT(image_features({1, 1, {10, 20, 30}}, spec, 1, 1), ElementsAre(10, 39, 25));
}

TEST(ImageFeatures, OneColourStaysOneColourAtEverySize) {
  const Image image{5, 7, std::vector<uint8_t>(105, 77)};
  for (const auto& [height, width] : {std::pair{1, 1}, {3, 2}, {5, 7}, {11, 13}}) {
    EXPECT_THAT(image_features(image, plain(), height, width), Each(77)) << height << "x" << width;
  }
}

TEST(ImageFeatures, ShrinkingAverages) {
  Image image{4, 4, {}};
  for (int i = 0; i < 16; ++i) image.rgb.insert(image.rgb.end(), 3, static_cast<uint8_t>(i % 2 == 0 ? 0 : 200));
  for (const double value : image_features(image, plain(), 1, 1)) EXPECT_EQ(value, 100);
}

TEST(ImageFeatures, CropTakesTheMiddle) {
  Image image{1, 6, {}};
  for (const int value : {0, 0, 10, 20, 0, 0}) image.rgb.insert(image.rgb.end(), 3, static_cast<uint8_t>(value));
  ImageSpec spec = plain();
  spec.fit = ImageSpec::Fit::kCrop;
  EXPECT_THAT(image_features(image, spec, 1, 2), ElementsAre(10, 10, 10, 20, 20, 20));
}

SoundSpec one_frame() {
  SoundSpec spec;
  spec.sample_rate_hz = 1024;
  spec.samples = spec.window_samples = spec.hop_samples = spec.fft_points = 256;
  spec.mel_bands = 8;
  spec.mel_low_hz = 0;
  spec.mel_high_hz = 512;
  return spec;
}

Sound tone(double frequency_hz, int64_t samples) {
  Sound sound{1024, {}};
  for (int64_t i = 0; i < samples; ++i) {
    sound.samples.push_back(
        static_cast<float>(std::sin(2 * std::numbers::pi * frequency_hz * static_cast<double>(i) / 1024)));
  }
  return sound;
}

TEST(SoundFeatures, AToneIsInItsBand) {
  std::vector<std::ptrdiff_t> loudest;
  for (const double frequency_hz : {40.0, 150.0, 300.0, 450.0}) {
    const auto features = sound_features(tone(frequency_hz, 256), one_frame());
    ASSERT_TRUE(features.ok());
    ASSERT_EQ(features->size(), 8U);
    loudest.push_back(std::ranges::max_element(*features) - features->begin());
  }
  // Eight bands to 512 Hz on the mel scale have their centres at 44, 91, 141, 193, 250, 309, 373 and 440 Hz.
  EXPECT_THAT(loudest, ElementsAre(0, 2, 5, 7));
}

// Against a plain sum: a tone of a whole number of turns puts a quarter of its samples into its bin and an eighth into
// each of the two beside it (Hann window).
TEST(SoundFeatures, MagnitudesAreThoseOfTheTransform) {
  SoundSpec spec = one_frame();
  spec.mel_bands = 1;
  spec.mel_high_hz = 512;
  spec.floor = 1e-12;
  const auto features = sound_features(tone(128, 256), spec);
  ASSERT_TRUE(features.ok());
  const auto mel = [](double hz) { return 1127 * std::log1p(hz / 700); };
  const double half = mel(512) / 2;
  const auto weight = [&](double hz) { return 1 - std::abs(mel(hz) - half) / half; };
  const double expected = 64 * weight(128) + 32 * (weight(124) + weight(132));
  EXPECT_NEAR(features->front(), std::log10(expected), 1e-6);
}

TEST(SoundFeatures, ShortClipsAreFilledAndLongOnesCut) {
  SoundSpec spec = one_frame();
  spec.samples = 512;
  const auto of_short = sound_features(tone(128, 100), spec);
  const auto of_long = sound_features(tone(128, 5000), spec);
  ASSERT_TRUE(of_short.ok() && of_long.ok());
  EXPECT_EQ(of_short->size(), 16U);
  EXPECT_EQ(of_long->size(), 16U);
  const auto of_none = sound_features({1024, {}}, spec);
  ASSERT_TRUE(of_none.ok());
  EXPECT_THAT(*of_none, Each(testing::DoubleNear(-6, 1e-9)));
}

TEST(SoundFeatures, AnotherRateIsRefused) {
  EXPECT_EQ(sound_features({8000, {0}}, one_frame()).status().code(), Error::kBadInput);
}

}  // namespace
}  // namespace tmc::preprocess
