// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/place.hpp"

namespace tmc::function {

struct ArgMax : PlaceReduction {
  static constexpr const char* kName = "arg_max";
  static constexpr const char* kDoc =
      "The first place of the largest element along an axis, which has extent 1 afterwards (keep_dims) or is left out.";
  static constexpr const char* kOnnx = "ArgMax";
  static constexpr bool kComparesOnly = true;

  template <typename T>
  static State<T> step(State<T> state, T x) {
    return chosen(state, x, x > state.best);
  }
};

}  // namespace tmc::function
