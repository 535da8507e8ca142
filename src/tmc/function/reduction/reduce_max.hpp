// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/real.hpp"

namespace tmc::function {

struct ReduceMax : ReductionFunction {
  static constexpr const char* kName = "reduce_max";
  static constexpr const char* kDoc =
      "The largest over axes, which have extent 1 afterwards (keep_dims) or are left out.";
  static constexpr const char* kOnnx = "ReduceMax";
  static constexpr const char* kTflite = "reduce_max";
  static constexpr bool kComparesOnly = true;
  using Types = NumbersAndTruths;

  template <typename T>
  static T init() {
    return least_of<T>();
  }

  template <typename T>
  static T step(T state, T x) {
    return larger_of(state, x);
  }
};

}  // namespace tmc::function
