// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/real.hpp"

namespace tmc::function {

struct Celu : Function {
  static constexpr const char* kName = "celu";
  static constexpr const char* kDoc = "x, or alpha * (exp(x / alpha) - 1) where it is negative.";
  static constexpr const char* kOnnx = "Celu";
  static constexpr Attribute kAttributes[] = {{"alpha", 1}};
  static constexpr bool kHasTable = true;
  static constexpr double kUlps = 3;

  template <typename Real>
  static Real apply(Real x, Real alpha) {
    return x < 0 ? alpha * expm1_of(x / alpha) : x;
  }
};

}  // namespace tmc::function
