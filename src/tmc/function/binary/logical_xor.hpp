// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"

namespace tmc::function {

struct LogicalXor : BinaryFunction {
  static constexpr const char* kName = "logical_xor";
  static constexpr const char* kDoc = "Whether one of them is true, and not both.";
  static constexpr const char* kOnnx = "Xor";
  using Types = Truths;

  template <typename T>
  static bool apply(T a, T b) {
    return a != b;
  }
};

}  // namespace tmc::function
