// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/real.hpp"

namespace tmc::function {

struct Log : Function {
  static constexpr const char* kName = "log";
  static constexpr const char* kDoc = "Natural logarithm; no number below zero.";
  static constexpr const char* kOnnx = "Log";
  static constexpr const char* kTflite = "log";
  static constexpr bool kMonotone = true;
  static constexpr double kUlps = 1.5;
  static constexpr double kSmallest = 1e-40;
  static constexpr double kLargest = 3e38;

  template <typename Real>
  static Real apply(Real x) {
    return log_of(x);
  }
};

}  // namespace tmc::function
