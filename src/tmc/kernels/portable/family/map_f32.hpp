// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one element at a time, straight from the contract.

#include "tmc/kernels/contract/family/map_f32.hpp"

namespace tmc::kernels::portable {

template <typename Function>
struct MapF32 {
  using Contract = kernels::MapF32<Function>;
  using Params = typename Contract::Params;
  using Buffers = typename Contract::Buffers;

  static constexpr bool applies(const Params&) { return true; }
  static constexpr int64_t scratch_bytes(const Params&) { return 0; }
  static constexpr Overlap overlap(const Params&, int) { return kInPlace; }
  static constexpr double instructions(const Params& p) { return p.elements * Function::kInstructions; }

  static void run(Params p, Buffers b) {
    for (int32_t i = 0; i < p.elements; ++i) b.output[i] = function::evaluate<Function>(b.input[i], p.attributes);
  }
};

}  // namespace tmc::kernels::portable
