// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/real.hpp"

namespace tmc::function {

struct Sin : Function {
  static constexpr const char* kName = "sin";
  static constexpr const char* kDoc = "Sine of an angle in radians.";
  static constexpr const char* kOnnx = "Sin";
  static constexpr const char* kTflite = "sin";
  static constexpr bool kHasTable = true;
  static constexpr double kLow = -1;
  static constexpr double kHigh = 1;
  static constexpr double kUlps = 1;
  static constexpr double kLeast = 1;

  template <typename Real>
  static Real apply(Real x) {
    return sin_of(x);
  }
};

}  // namespace tmc::function
