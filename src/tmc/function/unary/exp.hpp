// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/real.hpp"

namespace tmc::function {

struct Exp : Function {
  static constexpr const char* kName = "exp";
  static constexpr const char* kDoc = "Exponential function.";
  static constexpr const char* kOnnx = "Exp";
  static constexpr const char* kTflite = "exp";
  static constexpr bool kMonotone = true;
  static constexpr double kSmallest = -87;
  static constexpr double kLargest = 88;

  template <typename Real>
  static Real apply(Real x) {
    return exp_of(x);
  }
};

}  // namespace tmc::function
