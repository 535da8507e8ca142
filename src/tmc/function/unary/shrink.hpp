// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/real.hpp"

namespace tmc::function {

struct Shrink : Function {
  static constexpr const char* kName = "shrink";
  static constexpr const char* kDoc =
      "The element, brought nearer to zero by the bias where it is further than lambd from it, 0 elsewhere.";
  static constexpr const char* kOnnx = "Shrink";
  static constexpr Attribute kAttributes[] = {{"bias", 0}, {"lambd", 0.5}};
  static constexpr double kUlps = 1;
  static constexpr double kInstructions = 12;

  template <typename Real>
  static Real apply(Real x, Real bias, Real lambd) {
    return x > lambd ? x - bias : x < -lambd ? x + bias : x * 0;
  }
};

}  // namespace tmc::function
