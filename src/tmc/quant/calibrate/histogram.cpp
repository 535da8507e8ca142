// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/calibrate/histogram.hpp"

#include <algorithm>
#include <cmath>

namespace tmc::quant {

int Histogram::bin_of(double value) const {
  const double bin = std::floor(value / width_) + kBinsEachSide;
  return static_cast<int>(std::clamp(bin, 0.0, static_cast<double>(kBins - 1)));
}

// Zero is an edge, so no pair lies across it.
void Histogram::halve() {
  std::array<uint64_t, kBins> merged{};
  for (int bin = 0; bin < kBins; ++bin) {
    merged[static_cast<size_t>(kBins / 4 + bin / 2)] += bins_[static_cast<size_t>(bin)];
  }
  bins_ = merged;
  width_ *= 2;
}

void Histogram::reach(double magnitude) {
  if (!has_width_ && magnitude > 0) {
    width_ = std::exp2(std::ceil(std::log2(magnitude / kBinsEachSide)));
    has_width_ = true;
  }
  while (magnitude > width_ * kBinsEachSide) halve();
}

void Histogram::add(std::span<const float> values) {
  if (values.empty()) return;
  const auto [low, high] = std::ranges::minmax(values);
  min_ = count_ == 0 ? low : std::min<double>(min_, low);
  max_ = count_ == 0 ? high : std::max<double>(max_, high);
  reach(std::max(std::abs(static_cast<double>(low)), std::abs(static_cast<double>(high))));
  for (const float value : values) {
    ++bins_[static_cast<size_t>(bin_of(value))];
    sum_of_squares_ += static_cast<double>(value) * value;
  }
  count_ += static_cast<int64_t>(values.size());
}

}  // namespace tmc::quant
