// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/real.hpp"

namespace tmc::function {

struct Silu : Function {
  static constexpr const char* kName = "silu";
  static constexpr const char* kDoc = "x * sigmoid(x) (Elfwing, Uchibe and Doya 2017), also called swish.";
  static constexpr bool kHasTable = true;
  static constexpr double kUlps = 4;
  static constexpr double kSmallest = -80;
  static constexpr double kInstructions = 80;

  template <typename Real>
  static Real apply(Real x) {
    return x * sigmoid_of(x);
  }
};

}  // namespace tmc::function
