// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one element of the states after the other.

#include "tmc/kernels/common/int16_lstm.hpp"

namespace tmc::kernels::portable {

struct LstmCellS16 : ImplementationOf<kernels::LstmCellS16> {
  static constexpr bool applies(const Params& p) { return has_int16_cell(p); }
  static constexpr Overlap overlap(const Params&, int buffer) { return buffer == 2 ? kSamePlace : kNoOverlap; }
  static constexpr double instructions(const Params& p) { return 220.0 * p.rows * p.hidden + 20; }

  static void run(Params p, Buffers b) {
    run_int16_lstm(p, b,
                   [&](int32_t product) { return multiply_by_quantized_multiplier(product, p.multiplier, p.shift); });
  }
};

}  // namespace tmc::kernels::portable
