// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one element at a time, straight from the contract.

#include "tmc/kernels/contract/family/map.hpp"

namespace tmc::kernels::portable {

template <typename Function, typename T>
struct Map {
  using Contract = kernels::Map<Function, T>;
  using Params = typename Contract::Params;
  using Buffers = typename Contract::Buffers;

  static constexpr bool applies(const Params&) { return true; }
  static constexpr int64_t scratch_bytes(const Params&) { return 0; }
  static constexpr Overlap overlap(const Params&, int) {
    return sizeof(typename Contract::Result) <= sizeof(T) ? kInPlace : kNoOverlap;
  }
  static constexpr double instructions(const Params& p) { return p.elements * Function::kInstructions; }

  static void run(Params p, Buffers b) {
    for (int32_t i = 0; i < p.elements; ++i) {
      b.output[i] = function::evaluate<Function>(static_cast<T>(b.input[i]), p.attributes);
    }
  }
};

}  // namespace tmc::kernels::portable
