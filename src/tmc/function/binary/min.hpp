// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/real.hpp"

namespace tmc::function {

struct Min : BinaryFunction {
  static constexpr const char* kName = "min";
  static constexpr const char* kDoc = "The smaller of two, element by element.";
  static constexpr const char* kOnnx = "Min";
  static constexpr const char* kTflite = "minimum";
  static constexpr bool kComparesOnly = true;
  static constexpr bool kVariadic = true;
  using Types = Numbers;

  template <typename T>
  static T apply(T a, T b) {
    return smaller_of(a, b);
  }
};

}  // namespace tmc::function
