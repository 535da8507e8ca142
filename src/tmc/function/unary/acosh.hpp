// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/real.hpp"

namespace tmc::function {

struct Acosh : Function {
  static constexpr const char* kName = "acosh";
  static constexpr const char* kDoc = "The number, not negative, whose hyperbolic cosine the element is.";
  static constexpr const char* kOnnx = "Acosh";
  static constexpr double kUlps = 5;
  static constexpr double kSmallest = 1;
  static constexpr double kLargest = 1e4;

  template <typename Real>
  static Real apply(Real x) {
    const Real over = x - 1;
    return log1p_of(over + sqrt_of(over * (over + 2)));
  }
};

}  // namespace tmc::function
