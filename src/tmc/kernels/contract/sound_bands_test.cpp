// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <complex>
#include <cstring>

#include "tmc/kernels/testing/sound_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

std::vector<uint32_t> run(SoundBandsCase made, std::vector<std::string>* tested = nullptr) {
  const std::vector<std::byte> bytes = expect_implementations_agree(made.test_case(), tested);
  std::vector<uint32_t> output(bytes.size() / sizeof(uint32_t));
  std::memcpy(output.data(), bytes.data(), bytes.size());
  return output;
}

// In doubles: every bin by itself.
std::vector<double> reals(const SoundBandsCase& made) {
  const SoundBands::Params& p = made.params;
  std::vector<double> output;
  for (int32_t frame = 0; frame < p.frames; ++frame) {
    std::vector<double> x;
    for (size_t i = 0; i < made.window.size(); ++i) {
      const size_t at = static_cast<size_t>(frame * p.hop + p.skip) + i;
      const double before = at > 0 ? made.samples[at - 1] : 0;
      const double sharpened = made.samples[at] - before * p.pre_emphasis / 32768;
      x.push_back(std::ldexp(sharpened, p.scale_bits - 16) * made.window[i]);
    }
    std::vector<double> bands(made.widths.size() + 1);
    auto bin = p.first_bin;
    size_t weight = 0;
    for (size_t band = 0; band < made.widths.size(); ++band) {
      for (int16_t i = 0; i < made.widths[band]; ++i, ++bin, ++weight) {
        std::complex<double> sum = 0;
        for (size_t j = 0; j < x.size(); ++j) {
          const double turn = static_cast<double>(bin) * static_cast<double>(j) / p.length;
          sum += x[j] * std::polar(1.0, -2 * std::acos(-1.0) * turn);
        }
        bands[band + 1] += std::abs(sum) * made.weights[weight] / 32768;
        bands[band] += std::abs(sum) * (1 - made.weights[weight] / 32768.0);
      }
    }
    output.insert(output.end(), bands.begin() + 1, bands.end() - 1);
  }
  return output;
}

TEST(SoundBands, IsNearTheRealsForEveryLengthAndExtremes) {
  std::mt19937 rng(3);
  std::vector<std::string> tested;
  for (int round = 0; round < 300; ++round) {
    SoundBandsCase made = any_sound_bands_case(rng);
    const auto output = run(made, &tested);
    const auto expected = reals(made);
    ASSERT_EQ(output.size(), expected.size());
    for (size_t i = 0; i < output.size(); ++i) {
      // A few units a bin, and what 24 bits of a float leave of a magnitude.
      const double bins = 1.0 * made.params.length;
      EXPECT_NEAR(output[i], std::min(expected[i], 4294967295.0), 20 + 6 * bins + 4e-7 * expected[i])
          << round << " length " << made.params.length;
    }
  }
  expect_all_were_tested(*find_kernel(SoundBands::kName), tested);
}

TEST(SoundBands, KeepsAQuietToneAsTheSamplesHaveIt) {
  SoundBandsCase made;
  SoundBands::Params& p = made.params;
  p.frames = 1;
  p.hop = 160;
  p.length = 512;
  p.first_bin = 1;
  p.scale_bits = 7;
  for (int i = 0; i < 480; ++i) {
    made.window.push_back(static_cast<int16_t>(std::lround(32767 * (0.5 - 0.5 * std::cos(i * std::acos(-1.0) / 240)))));
    made.samples.push_back(static_cast<int16_t>(std::lround(20 * std::sin(i * std::acos(-1.0) / 16))));
  }
  made.widths = {0, 40, 40, 100};
  made.weights.assign(180, 32768 / 2);
  const auto output = run(made);
  const auto expected = reals(made);
  // A tone of one step of the samples has a magnitude of 64 * 120 units.
  for (size_t i = 0; i < expected.size(); ++i) EXPECT_NEAR(output[i], expected[i], 500 + 1e-4 * expected[i]) << i;
}

TEST(SoundBands, IsZeroOfSilence) {
  SoundBandsCase made;
  made.params.frames = 2;
  made.params.hop = 3;
  made.params.length = 16;
  made.params.scale_bits = 9;
  made.window.assign(16, 32767);
  made.samples.assign(19, 0);
  made.widths = {9, 0};
  made.weights.assign(9, 32768);
  EXPECT_EQ(run(made), (std::vector<uint32_t>{0, 0}));
}

}  // namespace
}  // namespace tmc::kernels
