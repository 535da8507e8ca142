// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"

namespace tmc::function {

struct GreaterOrEqual : BinaryFunction {
  static constexpr const char* kName = "greater_or_equal";
  static constexpr const char* kDoc = "Whether the first is not below the second.";
  static constexpr const char* kOnnx = "GreaterOrEqual";
  static constexpr const char* kTflite = "greater_equal";
  static constexpr bool kComparesOnly = true;
  using Types = Numbers;

  template <typename T>
  static bool apply(T a, T b) {
    return a >= b;
  }
};

}  // namespace tmc::function
