// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"

namespace tmc::function {

struct BitwiseOr : BinaryFunction {
  static constexpr const char* kName = "bitwise_or";
  static constexpr const char* kDoc = "The bits that one of them has.";
  static constexpr const char* kOnnx = "BitwiseOr";
  using Types = Integers;

  template <typename T>
  static T apply(T a, T b) {
    return static_cast<T>(a | b);
  }
};

}  // namespace tmc::function
