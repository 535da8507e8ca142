// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/select/numerics/sound.hpp"

#include <cmath>
#include <numbers>

namespace tmc::select {

Status check_constants(Lowering& lowering) {
  for (size_t i = 1; i < lowering.node().inputs.size(); ++i) {
    if (lowering.input(i).is_constant()) continue;
    return error(Error::kUnsupportedOp, "its operand '{}' is computed at run time", lowering.input(i).name)
        .with_hint("make a constant of it");
  }
  return {};
}

std::vector<int32_t> sound_twiddles(int32_t length) {
  std::vector<int32_t> twiddles;
  const auto append = [&](double turn) {
    for (const double part : {std::cos(2 * std::numbers::pi * turn), -std::sin(2 * std::numbers::pi * turn)}) {
      twiddles.push_back(static_cast<int32_t>(std::lround(std::fmin(part * 0x1p31, INT32_MAX))));
    }
  };
  const int32_t pairs = length / 2;
  for (int32_t k = 0; k < pairs - pairs / 4; ++k) append(static_cast<double>(k) / pairs);
  for (int32_t k = 1; k <= pairs / 2; ++k) append(static_cast<double>(k) / length);
  return twiddles;
}

}  // namespace tmc::select
