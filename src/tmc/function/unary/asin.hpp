// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/real.hpp"

namespace tmc::function {

struct Asin : Function {
  static constexpr const char* kName = "asin";
  static constexpr const char* kDoc = "The angle whose sine the element is, in radians.";
  static constexpr const char* kOnnx = "Asin";
  static constexpr double kUlps = 5;
  static constexpr double kSmallest = -1;
  static constexpr double kLargest = 1;

  template <typename Real>
  static Real apply(Real x) {
    return atan_of(x / sqrt_of((1 - x) * (1 + x)));
  }
};

}  // namespace tmc::function
