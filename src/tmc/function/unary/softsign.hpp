// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/real.hpp"

namespace tmc::function {

struct Softsign : Function {
  static constexpr const char* kName = "softsign";
  static constexpr const char* kDoc = "x / (1 + |x|).";
  static constexpr const char* kOnnx = "Softsign";
  static constexpr bool kHasTable = true;
  static constexpr bool kMonotone = true;
  static constexpr double kLow = -1;
  static constexpr double kHigh = 1;
  static constexpr double kUlps = 1.5;
  static constexpr double kInstructions = 25;

  template <typename Real>
  static Real apply(Real x) {
    return x / (1 + size_of(x));
  }
};

}  // namespace tmc::function
