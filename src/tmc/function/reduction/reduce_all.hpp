// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"

namespace tmc::function {

struct ReduceAll : ReductionFunction {
  static constexpr const char* kName = "reduce_all";
  static constexpr const char* kDoc =
      "Whether all are true over axes, which have extent 1 afterwards (keep_dims) or are left out.";
  static constexpr const char* kTflite = "reduce_all";
  using Types = Truths;

  template <typename T>
  static T init() {
    return true;
  }

  template <typename T>
  static T step(T state, T x) {
    return state && x;
  }
};

}  // namespace tmc::function
