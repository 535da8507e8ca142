// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/real.hpp"

namespace tmc::function {

struct Round : Function {
  static constexpr const char* kName = "round";
  static constexpr const char* kDoc = "The nearest integer; of two that are as near, the even one.";
  static constexpr const char* kOnnx = "Round";
  static constexpr const char* kTflite = "round";
  static constexpr bool kMonotone = true;
  static constexpr double kUlps = 0;
  static constexpr double kInstructions = 15;

  template <typename Real>
  static Real apply(Real x) {
    return round_even_of(x);
  }
};

}  // namespace tmc::function
