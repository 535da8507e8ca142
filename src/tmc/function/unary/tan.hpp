// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/real.hpp"

namespace tmc::function {

struct Tan : Function {
  static constexpr const char* kName = "tan";
  static constexpr const char* kDoc = "Tangent of an angle in radians.";
  static constexpr const char* kOnnx = "Tan";
  static constexpr double kUlps = 4;
  static constexpr double kLeast = 0.01;
  static constexpr double kSmallest = -1.5;
  static constexpr double kLargest = 1.5;

  template <typename Real>
  static Real apply(Real x) {
    return sin_of(x) / cos_of(x);
  }
};

}  // namespace tmc::function
