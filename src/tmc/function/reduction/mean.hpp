// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/integer.hpp"

namespace tmc::function {

struct Mean : ReductionFunction {
  static constexpr const char* kName = "mean";
  static constexpr const char* kDoc = "Mean over axes, which have extent 1 afterwards (keep_dims) or are left out.";
  static constexpr const char* kOnnx = "ReduceMean";
  static constexpr const char* kTflite = "mean";
  using Types = WideNumbers;

  template <typename T>
  static T step(T state, T x) {
    return sum_of(state, x);
  }

  template <typename T>
  static T finish(T state, int32_t count) {
    return quotient_of(state, static_cast<T>(count));
  }
};

}  // namespace tmc::function
