// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/select/numerics/spectrum.hpp"

#include <cmath>
#include <numbers>

namespace tmc::select {

kernels::Blob turns_of(int32_t length, bool inverse) {
  std::vector<float> turns;
  for (int32_t k = 0; k < length; ++k) {
    const double angle = (inverse ? 2 : -2) * std::numbers::pi * k / length;
    turns.push_back(static_cast<float>(std::cos(angle)));
    turns.push_back(static_cast<float>(std::sin(angle)));
  }
  return kernels::make_blob(DType::kF32, turns, /*is_table=*/true);
}

}  // namespace tmc::select
