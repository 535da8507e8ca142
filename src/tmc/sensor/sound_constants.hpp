// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The constants of the operators sound_bands and sound_logs, of what the YAML says.

#include <cstdint>
#include <vector>

#include "tmc/preprocess/spec.hpp"

namespace tmc::sensor {

struct SoundConstants {
  std::vector<int16_t> window, widths;
  std::vector<uint16_t> weights;
  int32_t first_bin = 1;
  int32_t pre_emphasis = 0;
  int32_t unit_bits = 14;  // as many as leave all sums of a transform within 2^30
};
SoundConstants sound_constants(const preprocess::SoundSpec& spec);

// From logarithms of base 2, in 10 bits behind the point, to features (x - mean) / deviation in steps of `scale`, which
// holds whatever the bands are. Weights fill their 16 bits, with a shift of each row.
struct FeatureRows {
  std::vector<int16_t> weights;
  std::vector<int32_t> rows;
  float scale = 1;
};
FeatureRows feature_rows(const preprocess::SoundSpec& spec, int32_t unit_bits);

}  // namespace tmc::sensor
