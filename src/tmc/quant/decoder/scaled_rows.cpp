// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/decoder/scaled_rows.hpp"

#include <algorithm>
#include <cmath>

#include "tmc/quant/correction/rounding.hpp"
#include "tmc/quant/decoder/four_bit_grid.hpp"
#include "tmc/quant/scheme/weight_form.hpp"

namespace tmc::quant {
namespace {

constexpr auto kMost = static_cast<float>(kMostEightBit);

// Weights of all rows in the integers of their groups.
struct FourBitRows {
  std::vector<double> steps;  // what the weights are, from 0 on
  std::vector<int32_t> multipliers, zero_points;
  std::vector<int8_t> integers;  // the nearest
};

void append_row(std::span<const float> row, size_t group_inputs, const FourBitGrid& grid, FourBitRows& rows) {
  for (size_t i = 0; i < row.size(); ++i) {
    const FourBitGroup& group = grid.groups[i / group_inputs];
    const double step = static_cast<double>(grid.scale) * group.multiplier;
    const double steps = static_cast<double>(row[i]) / step + group.zero_point;
    rows.steps.push_back(steps);
    rows.multipliers.push_back(group.multiplier);
    rows.zero_points.push_back(group.zero_point);
    rows.integers.push_back(static_cast<int8_t>(std::clamp(std::nearbyint(steps), 0.0, double{kMostInteger})));
  }
}

}  // namespace

ScaledRows eight_bit_rows(const std::vector<float>& weights, size_t rows) {
  ScaledRows scaled;
  const size_t width = weights.size() / rows;
  for (size_t row = 0; row < rows; ++row) {
    const auto values = std::span(weights).subspan(row * width, width);
    float most = 0;
    for (const float value : values) most = std::max(most, std::abs(value));
    const float scale = most > 0 ? most / kMost : 1;
    scaled.scales.push_back(scale);
    for (const float value : values) {
      scaled.integers.push_back(static_cast<int8_t>(std::clamp(std::nearbyint(value / scale), -kMost, kMost)));
    }
  }
  return scaled;
}

ScaledRows four_bit_rows(const std::vector<float>& weights, size_t rows, size_t group_inputs,
                         std::span<const double> moments) {
  const size_t width = weights.size() / rows;
  const size_t group = group_inputs == 0 ? width : group_inputs;
  ScaledRows scaled;
  FourBitRows parts;
  for (size_t row = 0; row < rows; ++row) {
    const auto values = std::span(weights).subspan(row * width, width);
    const FourBitGrid grid = four_bit_grid(values, group);
    scaled.scales.push_back(grid.scale);
    append_row(values, group, grid, parts);
  }
  round_adaptively({parts.steps, parts.multipliers, moments, 0, kMostInteger}, parts.integers);
  for (size_t i = 0; i < weights.size(); ++i) {
    scaled.integers.push_back(static_cast<int8_t>(parts.multipliers[i] * (parts.integers[i] - parts.zero_points[i])));
  }
  return scaled;
}

}  // namespace tmc::quant
