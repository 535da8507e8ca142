// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/real.hpp"

namespace tmc::function {

struct Cos : Function {
  static constexpr const char* kName = "cos";
  static constexpr const char* kDoc = "Cosine of an angle in radians.";
  static constexpr const char* kOnnx = "Cos";
  static constexpr const char* kTflite = "cos";
  static constexpr bool kHasTable = true;
  static constexpr double kLow = -1;
  static constexpr double kHigh = 1;
  static constexpr double kUlps = 1;
  static constexpr double kLeast = 1;

  template <typename Real>
  static Real apply(Real x) {
    return cos_of(x);
  }
};

}  // namespace tmc::function
