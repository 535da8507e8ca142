// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/real.hpp"

namespace tmc::function {

struct Ceil : Function {
  static constexpr const char* kName = "ceil";
  static constexpr const char* kDoc = "The smallest integer that is not below the element.";
  static constexpr const char* kOnnx = "Ceil";
  static constexpr const char* kTflite = "ceil";
  static constexpr bool kMonotone = true;
  static constexpr double kUlps = 0;
  static constexpr double kInstructions = 15;

  template <typename Real>
  static Real apply(Real x) {
    return -floor_of(-x);
  }
};

}  // namespace tmc::function
