// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one element of the state after the other.

#include "tmc/kernels/common/gates.hpp"
#include "tmc/kernels/contract/recurrent_f32.hpp"

namespace tmc::kernels::portable {

// NaN stays.
inline float clip_to(float x, float limit) {
  return x < -limit ? -limit : x > limit ? limit : x;
}

// Function `which` of the Params.
template <typename Params>
inline float state_function(const Params& p, int32_t which, float x) {
  return function::gate_of(static_cast<function::Gate>(p.functions[which]), p.alphas[which], p.betas[which], x);
}

// And of a sum.
template <typename Params>
inline float gate_function(const Params& p, int32_t which, float sum) {
  return state_function(p, which, clip_to(sum, p.clip));
}

struct GateF32 : ImplementationOf<kernels::GateF32> {
  static constexpr bool applies(const Params& p) { return p.gate >= 0 && p.gate < p.gates && p.states == 1; }
  static constexpr Overlap overlap(const Params&, int buffer) { return buffer == 2 ? kSamePlace : kNoOverlap; }
  static constexpr double instructions(const Params& p) { return 60.0 * p.rows * p.hidden + 20; }

  static void run(Params p, Buffers b) {
    for_each_unit(p, [&](int32_t at, int32_t first, int32_t) {
      const int32_t sum = first + p.gate * p.hidden;
      const float gate = gate_function(p, 0, b.gates_a[sum] + b.gates_b[sum]);
      b.output[at] = p.times_state != 0 ? gate * b.state[at] : gate;
    });
  }
};

struct GruCellF32 : ImplementationOf<kernels::GruCellF32> {
  static constexpr bool applies(const Params& p) { return p.gates == 2 && p.states == 1; }
  static constexpr Overlap overlap(const Params&, int buffer) { return buffer == 4 ? kSamePlace : kNoOverlap; }
  static constexpr double instructions(const Params& p) {
    return (p.reset_after != 0 ? 180.0 : 130.0) * p.rows * p.hidden + 20;
  }

  static void run(Params p, Buffers b) {
    for_each_unit(p, [&](int32_t at, int32_t first, int32_t) {
      const float z = gate_function(p, 0, b.gates_a[first] + b.gates_b[first]);
      float recurrent = b.candidate_b[at];
      if (p.reset_after != 0) {
        recurrent *= gate_function(p, 0, b.gates_a[first + p.hidden] + b.gates_b[first + p.hidden]);
      }
      const float candidate = gate_function(p, 1, b.candidate_a[at] + recurrent);
      b.output[at] = (1 - z) * candidate + z * b.state[at];
    });
  }
};

struct LstmCellF32 : ImplementationOf<kernels::LstmCellF32> {
  static constexpr bool applies(const Params& p) {
    return p.gates == 4 && p.states == 2 && (p.peepholes == 1 || p.peepholes == 3);
  }
  static constexpr Overlap overlap(const Params& p, int buffer) {
    // Peepholes that are not looked at may lie anywhere.
    return buffer == 3 || (buffer == 2 && p.peepholes == 1) ? kSamePlace : kNoOverlap;
  }
  static constexpr double instructions(const Params& p) { return 290.0 * p.rows * p.hidden + 20; }

  static void run(Params p, Buffers b) {
    const int32_t all = p.rows * p.hidden;
    for_each_unit(p, [&](int32_t at, int32_t first, int32_t unit) {
      const float before = b.state[all + at];
      // Of gate number `gate`, with what the peephole of that number sees.
      const auto sum = [&](int32_t gate, float seen) {
        const int32_t from = first + gate * p.hidden;
        const float of_layers = b.gates_a[from] + b.gates_b[from];
        const bool peeps = p.peepholes == 3 && gate < 3;
        return peeps ? of_layers + b.peepholes[gate * p.hidden + unit] * seen : of_layers;
      };
      const float input = gate_function(p, 0, sum(0, before));
      const float forget = p.input_forget != 0 ? 1 - input : gate_function(p, 0, sum(2, before));
      const float cell = clip_to(forget * before + input * gate_function(p, 1, sum(3, 0)), p.cell_clip);
      const float output = gate_function(p, 0, sum(1, cell));
      b.output[all + at] = cell;
      b.output[at] = output * state_function(p, 2, cell);
    });
  }
};

}  // namespace tmc::kernels::portable
