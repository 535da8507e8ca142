// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/real.hpp"

namespace tmc::function {

struct Sinh : Function {
  static constexpr const char* kName = "sinh";
  static constexpr const char* kDoc = "Hyperbolic sine.";
  static constexpr const char* kOnnx = "Sinh";
  static constexpr bool kMonotone = true;
  static constexpr double kUlps = 4;
  static constexpr double kSmallest = -80;
  static constexpr double kLargest = 80;

  template <typename Real>
  static Real apply(Real x) {
    const Real grown = expm1_of(size_of(x));
    const Real half = (grown + grown / (grown + 1)) / 2;
    return x < 0 ? -half : half;
  }
};

}  // namespace tmc::function
