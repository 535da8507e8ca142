// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/correction/smoothing_factors.hpp"

#include <algorithm>
#include <cmath>

namespace tmc::quant {

std::vector<float> smoothing_factors(std::vector<float> divided, std::vector<float> multiplied, float exponent,
                                     const Ties& ties) {
  ties.take_largest(divided);
  ties.take_largest(multiplied);
  std::vector<float> logs;
  for (size_t i = 0; i < divided.size(); ++i) {
    const bool is_used = divided[i] > 0 && multiplied[i] > 0;
    logs.push_back(is_used ? exponent * std::log(divided[i]) - (1 - exponent) * std::log(multiplied[i])
                           : std::nanf(""));
  }
  float sum = 0, count = 0;
  for (const float log : logs) {
    if (!std::isnan(log)) sum += log, ++count;
  }
  std::vector<float> factors;
  for (const float log : logs) {
    const float factor = std::isnan(log) ? 1 : std::exp(log - sum / count);
    factors.push_back(std::clamp(factor, 1 / kMostFactor, kMostFactor));
  }
  return factors;
}

}  // namespace tmc::quant
