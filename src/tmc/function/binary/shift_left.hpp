// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/integer.hpp"

namespace tmc::function {

struct ShiftLeft : BinaryFunction {
  static constexpr const char* kName = "shift_left";
  static constexpr const char* kDoc =
      "The bits of the first, so many places higher as the second says; what leaves is lost.";
  using Types = Unsigned;

  template <typename T>
  static T apply(T a, T b) {
    return b < T(8 * sizeof(T)) ? wrapped(a, b, [](auto x, auto y) { return x << y; }) : T(0);
  }
};

}  // namespace tmc::function
