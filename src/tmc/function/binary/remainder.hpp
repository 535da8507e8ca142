// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/integer.hpp"

namespace tmc::function {

struct Remainder : BinaryFunction {
  static constexpr const char* kName = "remainder";
  static constexpr const char* kDoc =
      "What is left of the first without whole multiples of the second; it has the sign of the first.";
  static constexpr double kInstructions = 60;
  using Types = Numbers;

  template <typename T>
  static T apply(T a, T b) {
    return remainder_of(a, b);
  }
};

}  // namespace tmc::function
