// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/real.hpp"

namespace tmc::function {

struct Erf : Function {
  static constexpr const char* kName = "erf";
  static constexpr const char* kDoc = "Error function.";
  static constexpr const char* kOnnx = "Erf";
  static constexpr bool kHasTable = true;
  static constexpr bool kMonotone = true;
  static constexpr double kLow = -1;
  static constexpr double kHigh = 1;
  static constexpr double kUlps = 3;

  template <typename Real>
  static Real apply(Real x) {
    return erf_of(x);
  }
};

}  // namespace tmc::function
