// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/real.hpp"

namespace tmc::function {

struct Floor : Function {
  static constexpr const char* kName = "floor";
  static constexpr const char* kDoc = "The largest integer that is not above the element.";
  static constexpr const char* kOnnx = "Floor";
  static constexpr const char* kTflite = "floor";
  static constexpr bool kMonotone = true;
  static constexpr double kUlps = 0;
  static constexpr double kInstructions = 15;

  template <typename Real>
  static Real apply(Real x) {
    return floor_of(x);
  }
};

}  // namespace tmc::function
