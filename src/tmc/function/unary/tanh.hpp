// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/real.hpp"

namespace tmc::function {

struct Tanh : Function {
  static constexpr const char* kName = "tanh";
  static constexpr const char* kDoc = "Hyperbolic tangent.";
  static constexpr const char* kOnnx = "Tanh";
  static constexpr const char* kTflite = "tanh";
  static constexpr bool kHasTable = true;
  static constexpr bool kMonotone = true;
  static constexpr double kLow = -1;
  static constexpr double kHigh = 1;
  static constexpr double kUlps = 2;

  template <typename Real>
  static Real apply(Real x) {
    return tanh_of(x);
  }
};

}  // namespace tmc::function
