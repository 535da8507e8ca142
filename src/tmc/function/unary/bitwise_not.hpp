// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"

namespace tmc::function {

struct BitwiseNot : Function {
  static constexpr const char* kName = "bitwise_not";
  static constexpr const char* kDoc = "The bits that the element does not have.";
  static constexpr const char* kOnnx = "BitwiseNot";
  static constexpr double kUlps = 0;
  static constexpr double kInstructions = 8;
  using Types = Integers;

  template <typename T>
  static T apply(T x) {
    return static_cast<T>(~x);
  }
};

}  // namespace tmc::function
