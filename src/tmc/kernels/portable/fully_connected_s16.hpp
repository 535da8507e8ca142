// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one output at a time (portable/detail/direct_layers.hpp).

#include "tmc/kernels/contract/fully_connected_s16.hpp"
#include "tmc/kernels/portable/detail/direct_layers.hpp"

namespace tmc::kernels::portable {

struct FullyConnectedS16 {
  using Contract = kernels::FullyConnectedS16;
  using Params = Contract::Params;
  using Buffers = Contract::Buffers;

  static constexpr bool applies(const Params& p) { return Contract::is_symmetric(p); }
  static constexpr int64_t scratch_bytes(const Params&) { return 0; }
  static constexpr Overlap overlap(const Params&, int) { return kNoOverlap; }
  static constexpr double instructions(const Params& p) { return 8.0 * p.batch * p.inputs * p.outputs; }
  static void run(Params p, Buffers b) { connect_directly<int16_t>(p, b); }
};

}  // namespace tmc::kernels::portable
