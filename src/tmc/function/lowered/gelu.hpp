// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/real.hpp"

namespace tmc::function {

struct Gelu : Function {
  static constexpr const char* kName = "gelu";
  static constexpr const char* kDoc = "x / 2 * (1 + erf(x / sqrt(2))).";
  static constexpr double kUlps = 4;
  static constexpr double kLeast = 1;
  static constexpr double kInstructions = 70;

  template <typename Real>
  static Real apply(Real x) {
    return x / 2 * (1 + erf_of(x * Real(0.70710678118654752)));
  }
};

}  // namespace tmc::function
