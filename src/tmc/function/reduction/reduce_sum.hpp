// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/integer.hpp"

namespace tmc::function {

struct ReduceSum : ReductionFunction {
  static constexpr const char* kName = "reduce_sum";
  static constexpr const char* kDoc = "Sum over axes, which have extent 1 afterwards (keep_dims) or are left out.";
  static constexpr const char* kOnnx = "ReduceSum";
  static constexpr const char* kTflite = "sum";
  static constexpr int64_t kAxesAreInputSince = 13;
  using Types = WideNumbers;

  template <typename T>
  static T step(T state, T x) {
    return sum_of(state, x);
  }
};

}  // namespace tmc::function
