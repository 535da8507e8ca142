// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/real.hpp"

namespace tmc::function {

struct GeluByTanh : Function {
  static constexpr const char* kName = "gelu_by_tanh";
  static constexpr const char* kDoc = "x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x^3))).";
  static constexpr double kUlps = 4;
  static constexpr double kLeast = 1;
  static constexpr double kInstructions = 80;

  template <typename Real>
  static Real apply(Real x) {
    return x / 2 * (1 + tanh_of(Real(0.79788456080286536) * (x + Real(0.044715) * x * x * x)));
  }
};

}  // namespace tmc::function
