// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one element of the state after the other.

#include "tmc/kernels/common/wide_states.hpp"
#include "tmc/kernels/portable/detail/gate_scale.hpp"

namespace tmc::kernels::portable {

struct GateS16 : ImplementationOf<kernels::GateS16> {
  static constexpr bool applies(const Params& p) {
    return p.gate >= 0 && p.gate < p.gates && p.states == 1 && p.state_bits >= 0 && p.state_bits <= kMostStateBits;
  }
  static constexpr Overlap overlap(const Params&, int buffer) { return buffer == 2 ? kSamePlace : kNoOverlap; }
  static constexpr double instructions(const Params& p) { return 90.0 * p.rows * p.hidden + 20; }

  static void run(Params p, Buffers b) { run_gate<GateScale>(p, b); }
};

struct GruStateS16 : ImplementationOf<kernels::GruStateS16> {
  static constexpr bool applies(const Params& p) {
    return p.gates == 2 && p.states == 1 && p.state_bits >= 0 && p.state_bits <= kMostStateBits;
  }
  static constexpr Overlap overlap(const Params&, int buffer) { return buffer == 4 ? kSamePlace : kNoOverlap; }
  static constexpr double instructions(const Params& p) {
    return (p.reset_after != 0 ? 260.0 : 180.0) * p.rows * p.hidden + 20;
  }

  static void run(Params p, Buffers b) { run_gru_state<GateScale>(p, b); }
};

}  // namespace tmc::kernels::portable
