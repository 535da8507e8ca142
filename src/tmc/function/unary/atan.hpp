// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/real.hpp"

namespace tmc::function {

struct Atan : Function {
  static constexpr const char* kName = "atan";
  static constexpr const char* kDoc = "The angle whose tangent the element is, in radians.";
  static constexpr const char* kOnnx = "Atan";
  static constexpr bool kMonotone = true;
  static constexpr double kUlps = 3;

  template <typename Real>
  static Real apply(Real x) {
    return atan_of(x);
  }
};

}  // namespace tmc::function
