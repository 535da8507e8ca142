// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The states of an LSTM of int16, whose output is requantised in a few instructions (detail/rescale.hpp).

#include "tmc/kernels/armv7em/detail/rescale.hpp"
#include "tmc/kernels/common/int16_lstm.hpp"

namespace tmc::kernels::armv7em {

struct LstmCellS16 : ImplementationOf<kernels::LstmCellS16> {
  static constexpr bool applies(const Params& p) {
    return has_int16_cell(p) && p.multiplier > 0 && has_rescale(p.multiplier, p.shift) && p.shift <= 0;
  }
  static constexpr Overlap overlap(const Params&, int buffer) { return buffer == 2 ? kSamePlace : kNoOverlap; }
  static constexpr double instructions(const Params& p) { return 150.0 * p.rows * p.hidden + 20; }

  static void run(Params p, Buffers b) {
    const Rescale rescale = rescale_of(p.multiplier, p.shift);
    run_int16_lstm(p, b, [&](int32_t product) { return rescaled(product, rescale); });
  }
};

}  // namespace tmc::kernels::armv7em
