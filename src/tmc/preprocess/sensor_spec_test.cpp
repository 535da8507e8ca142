// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/preprocess/sensor_spec.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tmc/preprocess/spec.hpp"

namespace tmc::preprocess {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr const char* kHead = "sensor:\n  channels: [x, y]\n  sample_rate_hz: 100\n  window_samples: 64\n";

Result<Spec> sensor(const std::string& rest) {
  return parse_spec(kHead + rest, "");
}

std::string refusal(const std::string& rest) {
  const auto spec = sensor(rest);
  EXPECT_FALSE(spec.ok()) << rest;
  EXPECT_EQ(spec.status().code(), Error::kMalformed);
  return spec.ok() ? "" : std::string(spec.status().message());
}

TEST(SensorSpec, ReadsStepsAndFeatures) {
  const auto spec = sensor(R"(
  element: int16
  element_scale: 0.5
  steps: [remove_mean, {scale: [1, 2]}, {iir: [[2, 4, 6, 2, 0, 1]]}, {decimate: 3}]
  features: [rms, {wavelet: {name: haar, levels: 2, statistics: [energy]}}]
)");
  ASSERT_TRUE(spec.ok()) << spec.status().text();
  ASSERT_TRUE(spec->sensor);
  EXPECT_EQ(spec->sensor->element, DType::kI16);
  EXPECT_EQ(spec->sensor->signal_samples(), 22);
  ASSERT_EQ(spec->sensor->steps.size(), 4);
  EXPECT_THAT(std::get<IirStep>(spec->sensor->steps[2]).sections[0], ElementsAre(1, 2, 3, 0, 0.5));
  EXPECT_THAT(feature_names(*spec->sensor),
              ElementsAre("x_rms", "x_wavelet_a2_energy", "x_wavelet_d2_energy", "x_wavelet_d1_energy", "y_rms",
                          "y_wavelet_a2_energy", "y_wavelet_d2_energy", "y_wavelet_d1_energy"));
}

TEST(SensorSpec, BandsAreRangesOfBins) {
  const auto spec = sensor("  features: [{band_power: {bands: [[0, 12.5], [12.5, 100]], segment: 32, overlap: 0}}]\n");
  ASSERT_TRUE(spec.ok()) << spec.status().text();
  const auto& bands = std::get<Bands>(spec->sensor->features[0]);
  EXPECT_EQ(bands.density.bins(), 17);
  EXPECT_EQ(bands.bands[0].first, 0);
  EXPECT_EQ(bands.bands[0].end, 4);  // 12.5 Hz is bin 4, of the next band
  EXPECT_EQ(bands.bands[1].first, 4);
  EXPECT_EQ(bands.bands[1].end, 17);
}

TEST(SensorSpec, SaysWhatIsWrong) {
  EXPECT_THAT(refusal("  features: rms\n"), HasSubstr("no list"));
  EXPECT_THAT(refusal("  features: [1]\n"), HasSubstr("none of mean, minimum"));
  EXPECT_THAT(refusal("  features: [{rms: 1, mean: 2}]\n"), HasSubstr("none of"));
  EXPECT_THAT(refusal("  features: [rms]\n  steps: [{fir: []}]\n"), HasSubstr("no list of 1 to"));
  EXPECT_THAT(refusal("  features: [rms]\n  steps: [{iir: [[1, 0, 0, 0, 0, 0]]}]\n"), HasSubstr("a0 other than 0"));
  EXPECT_THAT(refusal("  features: [rms]\n  steps: [{decimate: 65}]\n"), HasSubstr("from 1 to 64"));
  EXPECT_THAT(refusal("  features: [{spectral_peaks: {count: 33}}]\n"), HasSubstr("from 1 to 31"));
  EXPECT_THAT(refusal("  features: [{band_power: {bands: [[1]]}}]\n"), HasSubstr("pairs [low, high]"));
  const auto long_window = parse_spec(
      "sensor: {channels: [x], sample_rate_hz: 9, window_samples: 1000000, features: [{spectrum: {segment: 9000, "
      "overlap: "
      "8999}}]}",
      "");
  EXPECT_THAT(long_window.status().text(), HasSubstr("let them overlap less"));
  EXPECT_THAT(refusal("  features: [{wavelet: {low_pass: [1], high_pass: [1]}}]\n"), HasSubstr("one even length"));
  EXPECT_THAT(refusal("  features: [{wavelet: {name: haar, statistics: [loud]}}]\n"), HasSubstr("no statistic 'loud'"));
}

}  // namespace
}  // namespace tmc::preprocess
