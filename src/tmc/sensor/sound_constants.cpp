// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/sensor/sound_constants.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "tmc/preprocess/features.hpp"

namespace tmc::sensor {
namespace {

using preprocess::at_feature;
using preprocess::SoundSpec;
using std::numbers::pi;

// What band `band` is to a feature before mean and deviation: of the DCT-II, or itself.
double factor(const SoundSpec& spec, int64_t feature, int64_t band) {
  if (spec.coefficients == 0) return 1;
  return preprocess::dct_cosine(spec, feature, band) * std::sqrt(2 / static_cast<double>(spec.mel_bands));
}

// Of the bins between two centres: they rise to the band of that number, and fall from the one before.
void append_bins(const SoundSpec& spec, SoundConstants& made) {
  made.widths.assign(static_cast<size_t>(spec.mel_bands) + 1, 0);
  for (int64_t bin = 1; bin <= spec.fft_points / 2; ++bin) {
    const double place = preprocess::mel_place(spec, bin);
    if (place < 0) {
      made.first_bin = static_cast<int32_t>(bin + 1);
      continue;
    }
    const double whole = std::floor(place);
    if (whole > static_cast<double>(spec.mel_bands)) break;
    ++made.widths[static_cast<size_t>(whole)];
    made.weights.push_back(static_cast<uint16_t>(std::lround(32768 * (place - whole))));
  }
  made.first_bin = std::min(made.first_bin, static_cast<int32_t>(spec.fft_points / 2));
}

}  // namespace

SoundConstants sound_constants(const SoundSpec& spec) {
  SoundConstants made;
  double sum = 0;
  for (int64_t i = 0; i < spec.window_samples; ++i) {
    const double turn = 2 * pi * static_cast<double>(i) / static_cast<double>(spec.window_samples);
    made.window.push_back(static_cast<int16_t>(std::min(32767L, std::lround(32768 * (0.5 - 0.5 * std::cos(turn))))));
    sum += made.window.back();
  }
  made.pre_emphasis = static_cast<int32_t>(std::lround(32768 * spec.pre_emphasis));
  append_bins(spec, made);
  const double most = sum * (1 + std::abs(spec.pre_emphasis)) * 0x1p-15;
  const double room = (0x1p30 - static_cast<double>(spec.window_samples)) / std::max(most, 1.0);
  made.unit_bits = std::clamp(static_cast<int32_t>(std::floor(std::log2(room))), 14, 29);
  return made;
}

FeatureRows feature_rows(const SoundSpec& spec, int32_t unit_bits) {
  constexpr int32_t kLogBits = 10;
  const int64_t features = spec.features(), taps = spec.coefficients > 0 ? spec.mel_bands : 1;
  // Of the logarithms of base 10, whatever the bands are.
  const double largest = spec.normalize_bands ? 1 : std::exp2(32 - unit_bits);
  const double low = std::log10(spec.floor), high = std::log10(largest + spec.floor);
  double most = 0;
  for (int64_t k = 0; k < features; ++k) {
    double least_sum = 0, most_sum = 0;
    for (int64_t i = 0; i < taps; ++i) {
      const double weight = factor(spec, k, i);
      least_sum += weight * (weight > 0 ? low : high);
      most_sum += weight * (weight > 0 ? high : low);
    }
    const double mean = at_feature(spec.mean, k), deviation = std::abs(at_feature(spec.deviation, k));
    most = std::max({most, std::abs(least_sum - mean) / deviation, std::abs(most_sum - mean) / deviation});
  }
  FeatureRows made;
  made.scale = static_cast<float>(most / 32700);
  for (int64_t k = 0; k < features; ++k) {
    const double steps = 1 / (at_feature(spec.deviation, k) * static_cast<double>(made.scale));
    const double of_log = std::log10(2.0) * std::ldexp(steps, -kLogBits);
    double widest = 0;
    for (int64_t i = 0; i < taps; ++i) widest = std::max(widest, std::abs(factor(spec, k, i) * of_log));
    const int32_t shift = std::clamp(static_cast<int32_t>(std::floor(std::log2(32767 / widest))), 0, 40);
    for (int64_t i = 0; i < taps; ++i) {
      const double weight = std::ldexp(factor(spec, k, i) * of_log, shift);
      made.weights.push_back(static_cast<int16_t>(std::clamp(std::round(weight), -32767.0, 32767.0)));
    }
    const double bias = -at_feature(spec.mean, k) * steps;
    made.rows.insert(made.rows.end(), {shift, static_cast<int32_t>(std::clamp(std::round(bias), -1e9, 1e9))});
  }
  return made;
}

}  // namespace tmc::sensor
