// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"

namespace tmc::function {

struct LogicalOr : BinaryFunction {
  static constexpr const char* kName = "logical_or";
  static constexpr const char* kDoc = "Whether one of them is true.";
  static constexpr const char* kOnnx = "Or";
  static constexpr const char* kTflite = "logical_or";
  using Types = Truths;

  template <typename T>
  static bool apply(T a, T b) {
    return a || b;
  }
};

}  // namespace tmc::function
