// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/real.hpp"

namespace tmc::function {

struct Softplus : Function {
  static constexpr const char* kName = "softplus";
  static constexpr const char* kDoc = "log(1 + exp(x)).";
  static constexpr const char* kOnnx = "Softplus";
  static constexpr bool kHasTable = true;
  static constexpr bool kMonotone = true;
  static constexpr double kUlps = 3;
  static constexpr double kSmallest = -87;
  static constexpr double kInstructions = 120;

  template <typename Real>
  static Real apply(Real x) {
    return (x > 0 ? x : Real{0}) + log1p_of(exp_of(-size_of(x)));
  }
};

}  // namespace tmc::function
