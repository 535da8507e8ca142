// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"

namespace tmc::function {

struct Equal : BinaryFunction {
  static constexpr const char* kName = "equal";
  static constexpr const char* kDoc = "Whether two elements are the same.";
  static constexpr const char* kOnnx = "Equal";
  static constexpr const char* kTflite = "equal";
  static constexpr bool kComparesOnly = true;
  using Types = NumbersAndTruths;

  template <typename T>
  static bool apply(T a, T b) {
    return a == b;
  }
};

}  // namespace tmc::function
