// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/real.hpp"

namespace tmc::function {

struct FloorDiv : BinaryFunction {
  static constexpr const char* kName = "floor_div";
  static constexpr const char* kDoc = "The largest integer that is not above the first over the second.";
  static constexpr const char* kTflite = "floor_div";
  static constexpr double kInstructions = 40;
  using Types = Numbers;

  template <typename T>
  static T apply(T a, T b) {
    return floor_quotient_of(a, b);
  }
};

}  // namespace tmc::function
