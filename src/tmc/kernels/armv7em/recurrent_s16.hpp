// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The gates of integer layers with states of 16 bits. A sum becomes a number in one to three instructions.

#include "tmc/kernels/armv7em/detail/intrinsics.hpp"
#include "tmc/kernels/common/wide_states.hpp"

namespace tmc::kernels::armv7em {

struct GateS16 : ImplementationOf<kernels::GateS16> {
  static constexpr bool applies(const Params& p) { return p.gate >= 0 && p.gate < p.gates && has_wide_state(p, 1); }
  static constexpr Overlap overlap(const Params&, int buffer) { return buffer == 2 ? kSamePlace : kNoOverlap; }
  static constexpr double instructions(const Params& p) { return 40.0 * p.rows * p.hidden + 20; }

  static void run(Params p, Buffers b) { run_gate<smmulr>(p, b); }
};

struct GruStateS16 : ImplementationOf<kernels::GruStateS16> {
  static constexpr bool applies(const Params& p) { return p.gates == 2 && has_wide_state(p, 3); }
  static constexpr Overlap overlap(const Params&, int buffer) { return buffer == 4 ? kSamePlace : kNoOverlap; }
  static constexpr double instructions(const Params& p) {
    return (p.reset_after != 0 ? 120.0 : 85.0) * p.rows * p.hidden + 20;
  }

  static void run(Params p, Buffers b) { run_gru_state<smmulr>(p, b); }
};

}  // namespace tmc::kernels::armv7em
