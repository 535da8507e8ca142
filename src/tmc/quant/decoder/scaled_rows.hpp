// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Rows of weights as int8, each with its scale: of eight bits, or of four (decoder/four_bit_grid.hpp), where a matrix
// has an output's weights in a row.

#include "tmc/quant/scheme/plan.hpp"

namespace tmc::quant {

struct ScaledRows {
  std::vector<int8_t> integers;
  std::vector<float> scales;
};

// Each in the scale that its largest weight wants.
ScaledRows eight_bit_rows(const std::vector<float>& weights, size_t rows);

// In groups of so many inputs, 0: of all. Rounded so that outputs change least where there are second `moments` of the
// inputs, [width, width] (correction/rounding.hpp), else to the nearest.
ScaledRows four_bit_rows(const std::vector<float>& weights, size_t rows, size_t group_inputs,
                         std::span<const double> moments);

}  // namespace tmc::quant
