// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/real.hpp"

namespace tmc::function {

struct ThresholdedRelu : Function {
  static constexpr const char* kName = "thresholded_relu";
  static constexpr const char* kDoc = "The element where it is above alpha, 0 elsewhere.";
  static constexpr const char* kOnnx = "ThresholdedRelu";
  static constexpr Attribute kAttributes[] = {{"alpha", 1}};
  static constexpr double kUlps = 0;
  static constexpr double kInstructions = 10;

  template <typename Real>
  static Real apply(Real x, Real alpha) {
    return x <= alpha ? Real(0) : x;
  }
};

}  // namespace tmc::function
