// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"

namespace tmc::function {

struct IsInf : Function {
  static constexpr const char* kName = "is_inf";
  static constexpr const char* kDoc = "Whether the element is infinite, of the signs that count.";
  static constexpr const char* kOnnx = "IsInf";
  static constexpr Attribute kAttributes[] = {{"detect_negative", 1, true}, {"detect_positive", 1, true}};
  static constexpr double kUlps = 0;
  static constexpr double kInstructions = 8;

  template <typename T>
  static bool apply(T x, T negative, T positive) {
    return __builtin_isinf(x) && (x < 0 ? negative : positive) != 0;
  }
};

}  // namespace tmc::function
