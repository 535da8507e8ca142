// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"

namespace tmc::function {

struct LogicalNot : Function {
  static constexpr const char* kName = "logical_not";
  static constexpr const char* kDoc = "Whether the element is false.";
  static constexpr const char* kOnnx = "Not";
  static constexpr const char* kTflite = "logical_not";
  static constexpr double kUlps = 0;
  static constexpr double kInstructions = 8;
  using Types = Truths;

  template <typename T>
  static bool apply(T x) {
    return !x;
  }
};

}  // namespace tmc::function
