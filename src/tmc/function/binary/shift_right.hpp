// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"

namespace tmc::function {

struct ShiftRight : BinaryFunction {
  static constexpr const char* kName = "shift_right";
  static constexpr const char* kDoc =
      "The bits of the first, so many places lower as the second says; what leaves is lost.";
  using Types = Unsigned;

  template <typename T>
  static T apply(T a, T b) {
    return b < T(8 * sizeof(T)) ? static_cast<T>(a >> b) : T(0);
  }
};

}  // namespace tmc::function
