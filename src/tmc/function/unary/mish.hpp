// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/real.hpp"

namespace tmc::function {

struct Mish : Function {
  static constexpr const char* kName = "mish";
  static constexpr const char* kDoc = "x * tanh(log(1 + exp(x))) (Misra 2019).";
  static constexpr const char* kOnnx = "Mish";
  static constexpr bool kHasTable = true;
  static constexpr double kUlps = 4;
  static constexpr double kSmallest = -80;
  static constexpr double kInstructions = 90;

  template <typename Real>
  static Real apply(Real x) {
    // tanh(log(1 + e)) is n / (n + 2), of n = e * (e + 2); from 20 on it is 1.
    if (x > 20) return x;
    const Real e = exp_of(x);
    const Real n = e * (e + 2);
    return x * (n / (n + 2));
  }
};

}  // namespace tmc::function
