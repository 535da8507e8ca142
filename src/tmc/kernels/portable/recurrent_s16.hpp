// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one element of the state after the other.

#include "tmc/kernels/common/wide_states.hpp"

namespace tmc::kernels::portable {

constexpr int32_t rounded_high_product(int32_t a, int32_t b) {
  return static_cast<int32_t>((int64_t{a} * b + (int64_t{1} << 31)) >> 32);
}

struct GateS16 : ImplementationOf<kernels::GateS16> {
  static constexpr bool applies(const Params& p) { return p.gate >= 0 && p.gate < p.gates && has_wide_state(p, 1); }
  static constexpr Overlap overlap(const Params&, int buffer) { return buffer == 2 ? kSamePlace : kNoOverlap; }
  static constexpr double instructions(const Params& p) { return 90.0 * p.rows * p.hidden + 20; }

  static void run(Params p, Buffers b) { run_gate<rounded_high_product>(p, b); }
};

struct GruStateS16 : ImplementationOf<kernels::GruStateS16> {
  static constexpr bool applies(const Params& p) { return p.gates == 2 && has_wide_state(p, 3); }
  static constexpr Overlap overlap(const Params&, int buffer) { return buffer == 4 ? kSamePlace : kNoOverlap; }
  static constexpr double instructions(const Params& p) {
    return (p.reset_after != 0 ? 260.0 : 180.0) * p.rows * p.hidden + 20;
  }

  static void run(Params p, Buffers b) { run_gru_state<rounded_high_product>(p, b); }
};

}  // namespace tmc::kernels::portable
