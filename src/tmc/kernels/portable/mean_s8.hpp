// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one output at a time, straight from the contract.

#include "tmc/base/fixed_point.hpp"
#include "tmc/kernels/contract/mean_s8.hpp"
#include "tmc/kernels/portable/detail/mean.hpp"

namespace tmc::kernels::portable {

struct MeanS8 {
  using Contract = kernels::MeanS8;
  using Params = Contract::Params;
  using Buffers = Contract::Buffers;

  static constexpr bool applies(const Params& p) { return reduced_count(p) <= (1 << 23); }
  static constexpr int64_t scratch_bytes(const Params&) { return 0; }
  // Kept strides are at least the output's, so an output never overtakes what is still to be read.
  static constexpr Overlap overlap(const Params&, int) { return kInPlace; }
  static constexpr double instructions(const Params& p) {
    return 1.0 * p.kept[0] * p.kept[1] * p.kept[2] * (30 + 4 * static_cast<double>(reduced_count(p)));
  }

  static void run(Params p, Buffers b) {
    const auto offset = static_cast<int32_t>(reduced_count(p)) * p.input_zero_point;
    for_each_mean(p, b.input, b.output, int32_t{0}, [&p, offset](int32_t sum) {
      const int32_t mean = multiply_by_quantized_multiplier(sum - offset, p.multiplier, p.shift);
      return static_cast<int8_t>(clamp(mean + p.output_zero_point, -128, 127));
    });
  }
};

}  // namespace tmc::kernels::portable
