// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"

namespace tmc::function {

struct NotEqual : BinaryFunction {
  static constexpr const char* kName = "not_equal";
  static constexpr const char* kDoc = "Whether two elements differ.";
  static constexpr const char* kTflite = "not_equal";
  static constexpr bool kComparesOnly = true;
  using Types = NumbersAndTruths;

  template <typename T>
  static bool apply(T a, T b) {
    return a != b;
  }
};

}  // namespace tmc::function
