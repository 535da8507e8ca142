// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/select/numerics/interpolated_table.hpp"

#include <algorithm>
#include <cmath>

#include "tmc/kernels/contract/detail/interpolation.hpp"

namespace tmc::select {

std::vector<int16_t> interpolated_table(double low, double high, double output_scale,
                                        const std::function<double(double)>& function) {
  constexpr int kSteps = kernels::kInterpolationEntries - 1;
  const double step = (high - low) / kSteps;
  const auto at = [&](double steps) { return function(low + steps * step) / output_scale; };
  const auto saturated = [](double value) { return static_cast<int16_t>(std::clamp(value, -32768.0, 32767.0)); };
  std::vector<int16_t> table;
  for (int i = 0; i < kSteps; ++i) {
    const double here = std::round(at(i));
    const double interpolated = std::round((at(i + 1) + here) / 2);
    const double error = interpolated - std::round(at(i + 0.5));
    table.push_back(saturated(here - std::round(error / 2)));
  }
  table.push_back(saturated(std::round(at(kSteps))));
  return table;
}

}  // namespace tmc::select
