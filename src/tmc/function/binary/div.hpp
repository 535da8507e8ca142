// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/integer.hpp"

namespace tmc::function {

struct Div : BinaryFunction {
  static constexpr const char* kName = "div";
  static constexpr const char* kDoc =
      "First over second tensor, element by element. Integers lose what is behind the point, and over zero are zero.";
  static constexpr const char* kOnnx = "Div";
  static constexpr const char* kTflite = "div";
  static constexpr bool kHasActivation = true;
  static constexpr double kNeutral = 1;
  using Types = Numbers;

  template <typename T>
  static T apply(T a, T b) {
    return quotient_of(a, b);
  }
};

}  // namespace tmc::function
