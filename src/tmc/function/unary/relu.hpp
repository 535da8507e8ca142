// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/real.hpp"

namespace tmc::function {

struct Relu : Function {
  static constexpr const char* kName = "relu";
  static constexpr const char* kDoc = "The element, or 0 where it is negative.";
  static constexpr const char* kOnnx = "Relu";
  static constexpr const char* kTflite = "relu";
  static constexpr bool kMonotone = true;
  static constexpr double kUlps = 0;
  static constexpr double kInstructions = 6;
  using Types = Numbers;

  template <typename T>
  static T apply(T x) {
    return larger_of(x, T(0));
  }
};

}  // namespace tmc::function
