// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one output at a time, straight from the contract.

#include "tmc/kernels/contract/mean_f32.hpp"
#include "tmc/kernels/portable/detail/mean.hpp"

namespace tmc::kernels::portable {

struct MeanF32 {
  using Contract = kernels::MeanF32;
  using Params = Contract::Params;
  using Buffers = Contract::Buffers;

  static constexpr bool applies(const Params&) { return true; }
  static constexpr int64_t scratch_bytes(const Params&) { return 0; }
  // Kept strides are at least the output's, so an output never overtakes what is still to be read.
  static constexpr Overlap overlap(const Params&, int) { return kInPlace; }
  static constexpr double instructions(const Params& p) {
    return 1.0 * p.kept[0] * p.kept[1] * p.kept[2] * (30 + 5 * static_cast<double>(reduced_count(p)));
  }

  static void run(Params p, Buffers b) {
    // From 32 bits: there is an instruction for that.
    const auto count = static_cast<float>(static_cast<int32_t>(reduced_count(p)));
    for_each_mean(p, b.input, b.output, 0.0F, [count](float sum) { return sum / count; });
  }
};

}  // namespace tmc::kernels::portable
