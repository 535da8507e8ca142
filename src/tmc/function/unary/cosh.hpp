// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/real.hpp"

namespace tmc::function {

struct Cosh : Function {
  static constexpr const char* kName = "cosh";
  static constexpr const char* kDoc = "Hyperbolic cosine.";
  static constexpr const char* kOnnx = "Cosh";
  static constexpr double kUlps = 3;
  static constexpr double kSmallest = -80;
  static constexpr double kLargest = 80;

  template <typename Real>
  static Real apply(Real x) {
    const Real grown = exp_of(size_of(x));
    return (grown + 1 / grown) / 2;
  }
};

}  // namespace tmc::function
