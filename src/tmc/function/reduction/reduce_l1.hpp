// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/integer.hpp"

namespace tmc::function {

struct ReduceL1 : ReductionFunction {
  static constexpr const char* kName = "reduce_l1";
  static constexpr const char* kDoc =
      "Sum of the distances from zero over axes, which have extent 1 afterwards (keep_dims) or are left out.";
  static constexpr const char* kOnnx = "ReduceL1";
  using Types = WideNumbers;

  template <typename T>
  static T step(T state, T x) {
    return sum_of(state, size_of(x));
  }
};

}  // namespace tmc::function
