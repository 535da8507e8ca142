// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/preprocess/filter_design.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <numbers>

namespace tmc::preprocess {
namespace {

double magnitude(const std::vector<Section>& sections, double hertz, double rate_hz) {
  const auto back = std::polar(1.0, -2 * std::numbers::pi * hertz / rate_hz);
  std::complex<double> response = 1;
  for (const Section& s : sections) {
    response *= (s[0] + back * (s[1] + back * s[2])) / (1.0 + back * (s[3] + back * s[4]));
  }
  return std::abs(response);
}

// Butterworth's magnitude over the warped frequency.
TEST(Butterworth, HasItsMagnitudeEverywhere) {
  constexpr double kRate = 100;
  const auto warped = [](double hertz) { return std::tan(std::numbers::pi * hertz / kRate); };
  for (int64_t order = 1; order <= 8; ++order) {
    const auto low = butterworth(Band::kLow, order, 12, 0, kRate);
    const auto high = butterworth(Band::kHigh, order, 12, 0, kRate);
    const auto band = butterworth(Band::kBand, order, 8, 17, kRate);
    for (double hertz = 0.5; hertz < 50; hertz += 0.5) {
      const auto expected = [&](double ratio) { return 1 / std::sqrt(1 + std::pow(ratio * ratio, order)); };
      const double w = warped(hertz);
      EXPECT_NEAR(magnitude(low, hertz, kRate), expected(w / warped(12)), 1e-10) << order;
      EXPECT_NEAR(magnitude(high, hertz, kRate), expected(warped(12) / w), 1e-10) << order;
      const double ratio = (w * w - warped(8) * warped(17)) / (w * (warped(17) - warped(8)));
      EXPECT_NEAR(magnitude(band, hertz, kRate), expected(ratio), 1e-10) << order;
    }
  }
}

TEST(Daubechies, IsOrthonormalAndItsDetailsVanish) {
  for (int64_t moments = 1; moments <= kMostVanishingMoments; ++moments) {
    const auto low = daubechies(moments);
    const auto high = quadrature_mirror(low);
    ASSERT_EQ(std::ssize(low), 2 * moments);
    for (size_t shift = 0; shift < low.size(); shift += 2) {
      double itself = 0;
      double other = 0;
      for (size_t i = shift; i < low.size(); ++i) {
        itself += low[i] * low[i - shift];
        other += low[i] * high[i - shift];
      }
      EXPECT_NEAR(itself, shift == 0 ? 1 : 0, 1e-12) << moments;
      EXPECT_NEAR(other, 0, 1e-12) << moments;
    }
    for (int64_t power = 0; power < moments; ++power) {
      double moment = 0;
      double size = 0;
      for (size_t i = 0; i < high.size(); ++i) {
        const double weight = std::pow(static_cast<double>(i), static_cast<double>(power));
        moment += high[i] * weight;
        size += std::abs(high[i] * weight);
      }
      EXPECT_LT(std::abs(moment), 1e-9 * size + 1e-12) << moments << " " << power;
    }
  }
}

}  // namespace
}  // namespace tmc::preprocess
