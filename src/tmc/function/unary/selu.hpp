// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/real.hpp"

namespace tmc::function {

struct Selu : Function {
  static constexpr const char* kName = "selu";
  static constexpr const char* kDoc = "gamma * x, or gamma * alpha * (exp(x) - 1) where it is not positive.";
  static constexpr const char* kOnnx = "Selu";
  static constexpr Attribute kAttributes[] = {{"alpha", 1.67326319217681884765625},
                                              {"gamma", 1.05070102214813232421875}};
  static constexpr bool kHasTable = true;
  static constexpr double kUlps = 4;

  template <typename Real>
  static Real apply(Real x, Real alpha, Real gamma) {
    return gamma * (x > 0 ? x : alpha * expm1_of(x));
  }
};

}  // namespace tmc::function
