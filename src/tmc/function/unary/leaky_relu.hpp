// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/real.hpp"

namespace tmc::function {

struct LeakyRelu : Function {
  static constexpr const char* kName = "leaky_relu";
  static constexpr const char* kDoc = "x, or alpha * x where it is negative.";
  static constexpr const char* kOnnx = "LeakyRelu";
  static constexpr const char* kTflite = "leaky_relu";
  static constexpr Attribute kAttributes[] = {{"alpha", 0.01}};
  static constexpr bool kHasTable = true;
  static constexpr double kUlps = 1;
  static constexpr double kInstructions = 10;

  template <typename Real>
  static Real apply(Real x, Real alpha) {
    return x < 0 ? x * alpha : x;
  }
};

}  // namespace tmc::function
