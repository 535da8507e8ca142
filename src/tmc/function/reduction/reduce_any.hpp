// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"

namespace tmc::function {

struct ReduceAny : ReductionFunction {
  static constexpr const char* kName = "reduce_any";
  static constexpr const char* kDoc =
      "Whether one is true over axes, which have extent 1 afterwards (keep_dims) or are left out.";
  static constexpr const char* kTflite = "reduce_any";
  using Types = Truths;

  template <typename T>
  static T step(T state, T x) {
    return state || x;
  }
};

}  // namespace tmc::function
