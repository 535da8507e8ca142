// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/real.hpp"

namespace tmc::function {

struct ReduceL2 : ReductionFunction {
  static constexpr const char* kName = "reduce_l2";
  static constexpr const char* kDoc =
      "Root of the sum of squares over axes, which have extent 1 afterwards (keep_dims) or are left out.";
  static constexpr const char* kOnnx = "ReduceL2";

  template <typename T>
  static T step(T state, T x) {
    return state + x * x;
  }

  template <typename T>
  static T finish(T state, int32_t /*count*/) {
    return sqrt_of(state);
  }
};

}  // namespace tmc::function
