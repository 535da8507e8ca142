// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/integer.hpp"

namespace tmc::function {

struct Sub : BinaryFunction {
  static constexpr const char* kName = "sub";
  static constexpr const char* kDoc =
      "First minus second tensor, element by element. A quantised tensor is read and written in its own scale.";
  static constexpr const char* kOnnx = "Sub";
  static constexpr const char* kTflite = "sub";
  static constexpr bool kHasActivation = true;
  static constexpr double kNeutral = 0;
  using Types = Numbers;

  template <typename T>
  static T apply(T a, T b) {
    return difference_of(a, b);
  }
};

}  // namespace tmc::function
