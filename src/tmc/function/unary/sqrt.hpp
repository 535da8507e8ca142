// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/real.hpp"

namespace tmc::function {

struct Sqrt : Function {
  static constexpr const char* kName = "sqrt";
  static constexpr const char* kDoc = "Square root.";
  static constexpr const char* kOnnx = "Sqrt";
  static constexpr const char* kTflite = "sqrt";
  static constexpr bool kMonotone = true;
  static constexpr double kSmallest = 0;
  static constexpr double kLargest = 3e38;
  static constexpr double kInstructions = 30;

  template <typename Real>
  static Real apply(Real x) {
    return sqrt_of(x);
  }
};

}  // namespace tmc::function
