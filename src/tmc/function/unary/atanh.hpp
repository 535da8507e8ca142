// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/real.hpp"

namespace tmc::function {

struct Atanh : Function {
  static constexpr const char* kName = "atanh";
  static constexpr const char* kDoc = "The number whose hyperbolic tangent the element is.";
  static constexpr const char* kOnnx = "Atanh";
  static constexpr double kUlps = 6;
  static constexpr double kSmallest = -0.9;
  static constexpr double kLargest = 0.999;

  template <typename Real>
  static Real apply(Real x) {
    return log1p_of(2 * x / (1 - x)) / 2;
  }
};

}  // namespace tmc::function
