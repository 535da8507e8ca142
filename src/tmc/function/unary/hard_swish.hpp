// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/real.hpp"

namespace tmc::function {

struct HardSwish : Function {
  static constexpr const char* kName = "hard_swish";
  static constexpr const char* kDoc = "x * clip(x + 3, 0, 6) / 6.";
  static constexpr const char* kOnnx = "HardSwish";
  static constexpr const char* kTflite = "hard_swish";
  static constexpr bool kHasTable = true;
  static constexpr double kUlps = 3;
  static constexpr double kInstructions = 25;

  template <typename Real>
  static Real apply(Real x) {
    return x * clamp_of(x + 3, Real{0}, Real{6}) / 6;
  }
};

}  // namespace tmc::function
