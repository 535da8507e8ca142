// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/integer.hpp"

namespace tmc::function {

struct Abs : Function {
  static constexpr const char* kName = "abs";
  static constexpr const char* kDoc = "The distance from zero.";
  static constexpr const char* kOnnx = "Abs";
  static constexpr const char* kTflite = "abs";
  static constexpr bool kHasTable = true;
  static constexpr double kUlps = 0;
  static constexpr double kInstructions = 8;
  using Types = Numbers;

  template <typename T>
  static T apply(T x) {
    return size_of(x);
  }
};

}  // namespace tmc::function
