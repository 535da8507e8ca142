// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/integer.hpp"

namespace tmc::function {

struct ReduceProd : ReductionFunction {
  static constexpr const char* kName = "reduce_prod";
  static constexpr const char* kDoc = "Product over axes, which have extent 1 afterwards (keep_dims) or are left out.";
  static constexpr const char* kOnnx = "ReduceProd";
  static constexpr const char* kTflite = "reduce_prod";
  using Types = WideNumbers;

  template <typename T>
  static T init() {
    return 1;
  }

  template <typename T>
  static T step(T state, T x) {
    return product_of(state, x);
  }
};

}  // namespace tmc::function
