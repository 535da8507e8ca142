// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/preprocess/pcan.hpp"

#include <algorithm>
#include <cmath>

#include "tmc/preprocess/members.hpp"

namespace tmc::preprocess {
namespace {

// Below 2 a parabola.
double compressed(double x) {
  return x < 2 ? x * x / 4 : x - 1;
}

}  // namespace

Result<PcanSpec> read_pcan(const json::Value& json) {
  PcanSpec spec;
  Members members(json, "pcan");
  const std::pair<const char*, double*> parts[] = {{"even_smoothing", &spec.even_smoothing},
                                                   {"odd_smoothing", &spec.odd_smoothing},
                                                   {"min_signal_remaining", &spec.min_signal_remaining}};
  for (const auto& [name, part] : parts) {
    members.read(name, *part);
    if (!(*part >= 0 && *part <= 1)) members.fail(fmt::format("key '{}' is not from 0 to 1", name));
  }
  members.read_between("strength", spec.strength, 0, 8);
  members.read_between("offset", spec.offset, 0, 1e9);
  members.read("smoothing_bits", spec.smoothing_bits, 1, 16);
  members.read("gain_bits", spec.gain_bits, 1, 31);
  TMC_TRY(members.finish());
  return spec;
}

double pcan_gain(const PcanSpec& spec, double noise) {
  return std::min(std::pow(noise + spec.offset, -spec.strength), INT16_MAX * std::exp2(-spec.gain_bits));
}

void apply_pcan(const PcanSpec& spec, std::vector<double>& bands, size_t channels) {
  std::vector<double> noise(channels, 0);
  for (size_t i = 0; i < bands.size(); ++i) {
    const size_t channel = i % channels;
    const double part = channel % 2 == 0 ? spec.even_smoothing : spec.odd_smoothing;
    const double band = 32768 * bands[i];
    noise[channel] += part * (band - noise[channel]);
    const double left = std::max(band - noise[channel], spec.min_signal_remaining * band);
    bands[i] = compressed(left * pcan_gain(spec, noise[channel]));
  }
}

}  // namespace tmc::preprocess
