// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/integer.hpp"

namespace tmc::function {

struct Mul : BinaryFunction {
  static constexpr const char* kName = "mul";
  static constexpr const char* kDoc =
      "Product of two tensors, element by element. A quantised tensor is read and written in its own scale.";
  static constexpr const char* kOnnx = "Mul";
  static constexpr const char* kTflite = "mul";
  static constexpr bool kHasActivation = true;
  static constexpr double kNeutral = 1;
  using Types = Numbers;

  template <typename T>
  static T apply(T a, T b) {
    return product_of(a, b);
  }
};

}  // namespace tmc::function
