// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/real.hpp"

namespace tmc::function {

struct Clip : Function {
  static constexpr const char* kName = "clip";
  static constexpr const char* kDoc = "Limited to [low, high].";
  static constexpr Attribute kAttributes[] = {{"low", 0}, {"high", 6}};
  static constexpr bool kMonotone = true;
  static constexpr double kUlps = 0;
  static constexpr double kInstructions = 10;

  template <typename Real>
  static Real apply(Real x, Real low, Real high) {
    return clamp_of(x, low, high);
  }
};

}  // namespace tmc::function
