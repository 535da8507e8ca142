// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"

namespace tmc::function {

struct BitwiseAnd : BinaryFunction {
  static constexpr const char* kName = "bitwise_and";
  static constexpr const char* kDoc = "The bits that both have.";
  static constexpr const char* kOnnx = "BitwiseAnd";
  using Types = Integers;

  template <typename T>
  static T apply(T a, T b) {
    return static_cast<T>(a & b);
  }
};

}  // namespace tmc::function
