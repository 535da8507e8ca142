// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"

namespace tmc::function {

struct IsNan : Function {
  static constexpr const char* kName = "is_nan";
  static constexpr const char* kDoc = "Whether the element is no number.";
  static constexpr const char* kOnnx = "IsNaN";
  static constexpr double kUlps = 0;
  static constexpr double kInstructions = 8;

  template <typename T>
  static bool apply(T x) {
    return __builtin_isnan(x) != 0;
  }
};

}  // namespace tmc::function
