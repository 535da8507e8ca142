// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/real.hpp"

namespace tmc::function {

struct Max : BinaryFunction {
  static constexpr const char* kName = "max";
  static constexpr const char* kDoc = "The larger of two, element by element.";
  static constexpr const char* kOnnx = "Max";
  static constexpr const char* kTflite = "maximum";
  static constexpr bool kComparesOnly = true;
  static constexpr bool kVariadic = true;
  using Types = Numbers;

  template <typename T>
  static T apply(T a, T b) {
    return larger_of(a, b);
  }
};

}  // namespace tmc::function
