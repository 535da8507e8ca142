// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/integer.hpp"

namespace tmc::function {

struct Sign : Function {
  static constexpr const char* kName = "sign";
  static constexpr const char* kDoc = "1, 0 or -1, as the element is above, at or below zero.";
  static constexpr const char* kOnnx = "Sign";
  static constexpr const char* kTflite = "sign";
  static constexpr bool kMonotone = true;
  static constexpr double kUlps = 0;
  static constexpr double kInstructions = 12;
  using Types = Numbers;

  template <typename T>
  static T apply(T x) {
    return x > 0 ? T(1) : x < 0 ? negated(T(1)) : x;
  }
};

}  // namespace tmc::function
