// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/function/function.hpp"
#include "tmc/function/real.hpp"

namespace tmc::function {

struct ReduceLogSumExp : ReductionFunction {
  static constexpr const char* kName = "reduce_log_sum_exp";
  static constexpr const char* kDoc =
      "Logarithm of the sum of exponentials over axes, which have extent 1 afterwards (keep_dims) or are left out.";
  static constexpr const char* kOnnx = "ReduceLogSumExp";

  // The sum of exp(x - largest), so that nothing overflows.
  template <typename T>
  struct State {
    T largest, sum;
  };

  template <typename T>
  static State<T> init() {
    return {least_of<T>(), 0};
  }

  template <typename T>
  static State<T> step(State<T> state, T x) {
    if (x == state.largest) return {x, state.sum + 1};
    return x < state.largest ? State<T>{state.largest, state.sum + exp_of(x - state.largest)}
                             : State<T>{x, state.sum * exp_of(state.largest - x) + 1};
  }

  template <typename T>
  static T finish(State<T> state, int32_t /*count*/) {
    return state.largest + log_of(state.sum);
  }
};

}  // namespace tmc::function
