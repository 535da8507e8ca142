// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Blocks of outputs in registers, input by input in the contract's order (detail/float_rows.hpp), one row or four at a
// time.

#include "tmc/kernels/contract/fully_connected.hpp"

namespace tmc::kernels::highway {

struct FullyConnectedF32 : ImplementationOf<kernels::FullyConnectedF32> {
  static constexpr double instructions(const Params& p) {
    return 50 + p.batch * (20 + p.outputs * (4 + 0.3 * p.inputs));
  }
  static void run(Params p, Buffers b);
};

}  // namespace tmc::kernels::highway
