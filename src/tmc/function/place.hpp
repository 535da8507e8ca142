// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Reductions to the place of an element: its number among those that are reduced.

#include "tmc/function/function.hpp"

namespace tmc::function {

struct PlaceReduction : ReductionFunction {
  static constexpr bool kHasOneAxis = true;
  using Types = Numbers;

  template <typename T>
  struct State {
    T best;
    int32_t place, next;
  };

  template <typename T>
  static State<T> init() {
    return {T(0), 0, 0};
  }

  template <typename T>
  static int64_t finish(State<T> state, int32_t /*count*/) {
    return state.place;
  }

 protected:
  template <typename T>
  static State<T> chosen(State<T> state, T x, bool is_better) {
    const bool is_chosen = is_better || state.next == 0;
    return {is_chosen ? x : state.best, is_chosen ? state.next : state.place, state.next + 1};
  }
};

}  // namespace tmc::function
