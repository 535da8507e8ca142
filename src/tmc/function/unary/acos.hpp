// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/real.hpp"

namespace tmc::function {

struct Acos : Function {
  static constexpr const char* kName = "acos";
  static constexpr const char* kDoc = "The angle whose cosine the element is, in radians.";
  static constexpr const char* kOnnx = "Acos";
  static constexpr double kUlps = 5;
  static constexpr double kSmallest = -1;
  static constexpr double kLargest = 1;

  template <typename Real>
  static Real apply(Real x) {
    return 2 * atan_of(sqrt_of((1 - x) / (1 + x)));
  }
};

}  // namespace tmc::function
