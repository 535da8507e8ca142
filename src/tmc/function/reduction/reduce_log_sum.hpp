// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/real.hpp"

namespace tmc::function {

struct ReduceLogSum : ReductionFunction {
  static constexpr const char* kName = "reduce_log_sum";
  static constexpr const char* kDoc =
      "Logarithm of the sum over axes, which have extent 1 afterwards (keep_dims) or are left out.";
  static constexpr const char* kOnnx = "ReduceLogSum";

  template <typename T>
  static T step(T state, T x) {
    return state + x;
  }

  template <typename T>
  static T finish(T state, int32_t /*count*/) {
    return log_of(state);
  }
};

}  // namespace tmc::function
