// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"

namespace tmc::function {

struct Less : BinaryFunction {
  static constexpr const char* kName = "less";
  static constexpr const char* kDoc = "Whether the first is below the second.";
  static constexpr const char* kOnnx = "Less";
  static constexpr const char* kTflite = "less";
  static constexpr bool kComparesOnly = true;
  using Types = Numbers;

  template <typename T>
  static bool apply(T a, T b) {
    return a < b;
  }
};

}  // namespace tmc::function
