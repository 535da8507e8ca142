// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"

namespace tmc::function {

struct LogicalAnd : BinaryFunction {
  static constexpr const char* kName = "logical_and";
  static constexpr const char* kDoc = "Whether both are true.";
  static constexpr const char* kOnnx = "And";
  static constexpr const char* kTflite = "logical_and";
  using Types = Truths;

  template <typename T>
  static bool apply(T a, T b) {
    return a && b;
  }
};

}  // namespace tmc::function
