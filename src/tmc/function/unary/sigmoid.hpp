// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/real.hpp"

namespace tmc::function {

struct Sigmoid : Function {
  static constexpr const char* kName = "sigmoid";
  static constexpr const char* kDoc = "1 / (1 + exp(-x)).";
  static constexpr const char* kOnnx = "Sigmoid";
  static constexpr const char* kTflite = "logistic";
  static constexpr bool kHasTable = true;
  static constexpr bool kMonotone = true;
  static constexpr double kLow = 0;
  static constexpr double kHigh = 1;
  static constexpr double kUlps = 2.5;
  static constexpr double kSmallest = -87;

  template <typename Real>
  static Real apply(Real x) {
    return sigmoid_of(x);
  }
};

}  // namespace tmc::function
