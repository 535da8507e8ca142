// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/integer.hpp"

namespace tmc::function {

struct Neg : Function {
  static constexpr const char* kName = "neg";
  static constexpr const char* kDoc = "The element with the other sign.";
  static constexpr const char* kOnnx = "Neg";
  static constexpr const char* kTflite = "neg";
  static constexpr bool kHasTable = true;
  static constexpr double kUlps = 0;
  static constexpr double kInstructions = 8;
  using Types = Numbers;

  template <typename T>
  static T apply(T x) {
    return negated(x);
  }
};

}  // namespace tmc::function
