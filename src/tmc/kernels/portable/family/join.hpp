// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one element at a time, straight from the contract.

#include "tmc/function/real.hpp"
#include "tmc/kernels/common/broadcast.hpp"
#include "tmc/kernels/contract/family/join.hpp"

namespace tmc::kernels::portable {

template <typename Function, typename T>
struct Join {
  using Contract = kernels::Join<Function, T>;
  using Params = typename Contract::Params;
  using Buffers = typename Contract::Buffers;

  static constexpr bool applies(const Params&) { return true; }
  static constexpr int64_t scratch_bytes(const Params&) { return 0; }
  static constexpr Overlap overlap(const Params& p, int buffer) {
    return sizeof(typename Contract::Result) <= sizeof(T) ? broadcast_overlap(p, buffer) : kNoOverlap;
  }
  static constexpr double instructions(const Params& p) {
    return Function::kInstructions * static_cast<double>(broadcast_elements(p));
  }

  static void run(Params p, Buffers b) {
    for_each_broadcast(p, b.a, b.b, b.output, [&](T x, T y) {
      if constexpr (Function::kHasActivation) {
        return function::limited_of(Function::apply(x, y), p.activation_min, p.activation_max);
      } else {
        return Function::apply(x, y);
      }
    });
  }
};

}  // namespace tmc::kernels::portable
