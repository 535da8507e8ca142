// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/real.hpp"

namespace tmc::function {

struct Asinh : Function {
  static constexpr const char* kName = "asinh";
  static constexpr const char* kDoc = "The number whose hyperbolic sine the element is.";
  static constexpr const char* kOnnx = "Asinh";
  static constexpr bool kMonotone = true;
  static constexpr double kUlps = 5;

  template <typename Real>
  static Real apply(Real x) {
    const Real size = size_of(x);
    const Real square = size * size;
    const Real grown = log1p_of(size + square / (1 + sqrt_of(1 + square)));
    return x < 0 ? -grown : grown;
  }
};

}  // namespace tmc::function
