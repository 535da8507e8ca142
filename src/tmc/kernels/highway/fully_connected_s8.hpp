// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Every row of the input is a row of detail/int8_layers.hpp; one that does not end with four inputs is copied first.

#include "tmc/kernels/contract/fully_connected.hpp"

namespace tmc::kernels::highway {

struct FullyConnectedS8 : ImplementationOf<kernels::FullyConnectedS8> {
  static int64_t scratch_bytes(const Params& p);
  static constexpr double instructions(const Params& p) {
    return 50 + p.batch * (40 + p.outputs * (4 + 0.25 * p.inputs));
  }
  static void run(Params p, Buffers b);
};

}  // namespace tmc::kernels::highway
