// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/real.hpp"

namespace tmc::function {

struct ReduceMin : ReductionFunction {
  static constexpr const char* kName = "reduce_min";
  static constexpr const char* kDoc =
      "The smallest over axes, which have extent 1 afterwards (keep_dims) or are left out.";
  static constexpr const char* kOnnx = "ReduceMin";
  static constexpr const char* kTflite = "reduce_min";
  static constexpr bool kComparesOnly = true;
  using Types = NumbersAndTruths;

  template <typename T>
  static T init() {
    return most_of<T>();
  }

  template <typename T>
  static T step(T state, T x) {
    return smaller_of(state, x);
  }
};

}  // namespace tmc::function
