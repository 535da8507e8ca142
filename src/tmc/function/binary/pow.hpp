// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/real.hpp"

namespace tmc::function {

struct Pow : BinaryFunction {
  static constexpr const char* kName = "pow";
  static constexpr const char* kDoc =
      "The first to the power of the second. An integer to a negative power is a fraction, of which nothing is "
      "left.";
  static constexpr const char* kOnnx = "Pow";
  static constexpr const char* kTflite = "pow";
  static constexpr double kUlps = 300;
  static constexpr double kInstructions = 150;
  static constexpr double kNeutral = 1;
  using Types = Numbers;

  template <typename T>
  static T apply(T a, T b) {
    return power_of(a, b);
  }
};

}  // namespace tmc::function
