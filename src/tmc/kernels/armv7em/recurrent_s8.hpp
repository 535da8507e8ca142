// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The gates of an integer LSTM. Functions by the reference's arithmetic (detail/gate_arithmetic.hpp), or out of a table
// (detail/gate_table.hpp).

#include "tmc/base/fixed_point.hpp"
#include "tmc/kernels/armv7em/detail/gate_arithmetic.hpp"
#include "tmc/kernels/armv7em/detail/gate_number.hpp"
#include "tmc/kernels/armv7em/detail/gate_table.hpp"
#include "tmc/kernels/armv7em/detail/rescale.hpp"
#include "tmc/kernels/common/gates.hpp"
#include "tmc/kernels/contract/recurrent_s8.hpp"

namespace tmc::kernels::armv7em {

template <typename Functions>
struct LstmStateOf : ImplementationOf<kernels::LstmStateS16> {
  static constexpr bool applies(const Params& p) {
    return p.gates == 4 && p.states == 1 && has_gate_scales(p, kInputGate) && has_gate_scales(p, kForgetGate) &&
           has_gate_scales(p, kCellGate) && p.product_shift >= 1 && p.product_shift <= 31;
  }
  static constexpr Overlap overlap(const Params&, int buffer) { return buffer == 2 ? kSamePlace : kNoOverlap; }

  static void run(Params p, Buffers b) {
    const Functions functions(b.functions);
    const GateNumber input_gate(p, kInputGate);
    const GateNumber forget_gate(p, kForgetGate);
    const GateNumber cell_gate(p, kCellGate);
    for_each_unit(p, [&](int32_t at, int32_t first, int32_t) {
      const int32_t* gates_a = b.gates_a + first;
      const int32_t* gates_b = b.gates_b + first;
      const int32_t forget = functions.logistic(forget_gate.of(gates_a, gates_b));
      const int32_t input =
          p.coupled != 0 ? fixed16::kOne - forget : functions.logistic(input_gate.of(gates_a, gates_b));
      const int32_t candidate = functions.tanh(cell_gate.of(gates_a, gates_b), kGateBits);
      b.output[at] = next_cell(p, b.state[at], input, forget, candidate);
    });
  }
};

template <typename Functions>
struct LstmOutputOf : ImplementationOf<kernels::LstmOutputS8> {
  static constexpr bool applies(const Params& p) {
    return p.gates == 4 && p.states == 1 && has_gate_scales(p, kOutputGate) && p.cell_bits >= 2 && p.cell_bits <= 6 &&
           has_rescale(p.multiplier, p.shift) && p.shift <= 0;
  }

  static void run(Params p, Buffers b) {
    const Functions functions(b.functions);
    const GateNumber output_gate(p, kOutputGate);
    const Rescale rescale = rescale_of(p.multiplier, p.shift);
    for_each_unit(p, [&](int32_t at, int32_t first, int32_t) {
      const int32_t gate = functions.logistic(output_gate.of(b.gates_a + first, b.gates_b + first));
      const int32_t product = gate * functions.tanh(b.cell[at], p.cell_bits);  // of less than 2^30 in size
      store_s8(saturate_s8(rescaled(product, rescale) + p.zero_point), b.output + at);
    });
  }
};

struct LstmStateS16 : LstmStateOf<GateArithmetic> {
  static constexpr double instructions(const Params& p) { return 580.0 * p.rows * p.hidden + 40; }
};
struct LstmStateS16Tables : LstmStateOf<GateTable> {
  static constexpr bool kHasTables = true;
  static constexpr double instructions(const Params& p) { return 90.0 * p.rows * p.hidden + 40; }
};
struct LstmOutputS8 : LstmOutputOf<GateArithmetic> {
  static constexpr double instructions(const Params& p) { return 370.0 * p.rows * p.hidden + 30; }
};
struct LstmOutputS8Tables : LstmOutputOf<GateTable> {
  static constexpr bool kHasTables = true;
  static constexpr double instructions(const Params& p) { return 45.0 * p.rows * p.hidden + 30; }
};

}  // namespace tmc::kernels::armv7em
