// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The gates of an integer LSTM. Functions by the reference's arithmetic, or out of a table (detail/gate_table.hpp).

#include "tmc/base/fixed_point.hpp"
#include "tmc/kernels/armv7em/detail/gate_number.hpp"
#include "tmc/kernels/armv7em/detail/gate_table.hpp"
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
    const int16_t* state = b.state;
    int16_t* output = b.output;
    for (int32_t row = 0; row < p.rows; ++row) {
      const int32_t* gates_a = b.gates_a + row * 4 * p.hidden;
      const int32_t* gates_b = b.gates_b + row * 4 * p.hidden;
      for (const int32_t* end = gates_a + p.hidden; gates_a != end; ++gates_a, ++gates_b) {
        const int32_t input = functions.logistic(input_gate.of(gates_a, gates_b));
        const int32_t forget = functions.logistic(forget_gate.of(gates_a, gates_b));
        const int32_t candidate = functions.tanh(cell_gate.of(gates_a, gates_b), kGateBits);
        const int32_t kept = rounding_divide_by_pot(forget * *state++, 15);
        const auto added = static_cast<int16_t>(rounding_divide_by_pot(input * candidate, p.product_shift));
        const int32_t cell = saturate_s16(kept + added);
        *output++ = static_cast<int16_t>(p.cell_clip > 0 ? clamp(cell, -p.cell_clip, p.cell_clip) : cell);
      }
    }
  }
};

template <typename Functions>
struct LstmOutputOf : ImplementationOf<kernels::LstmOutputS8> {
  static constexpr bool applies(const Params& p) {
    return p.gates == 4 && p.states == 1 && has_gate_scales(p, kOutputGate) && p.cell_bits >= 2 && p.cell_bits <= 6;
  }

  static void run(Params p, Buffers b) {
    const Functions functions(b.functions);
    const GateNumber output_gate(p, kOutputGate);
    const int16_t* cell = b.cell;
    int8_t* output = b.output;
    for (int32_t row = 0; row < p.rows; ++row) {
      const int32_t* gates_a = b.gates_a + row * 4 * p.hidden;
      const int32_t* gates_b = b.gates_b + row * 4 * p.hidden;
      for (const int32_t* end = gates_a + p.hidden; gates_a != end; ++gates_a, ++gates_b) {
        const int32_t gate = functions.logistic(output_gate.of(gates_a, gates_b));
        const int32_t product = gate * functions.tanh(*cell++, p.cell_bits);
        const int32_t scaled = multiply_by_quantized_multiplier(product, p.multiplier, p.shift) + p.zero_point;
        store_s8(saturate_s8(scaled), output++);
      }
    }
  }
};

struct LstmStateS16 : LstmStateOf<GateArithmetic> {
  static constexpr double instructions(const Params& p) { return 330.0 * p.rows * p.hidden + 40; }
};
struct LstmStateS16Tables : LstmStateOf<GateTable> {
  static constexpr bool kHasTables = true;
  static constexpr double instructions(const Params& p) { return 120.0 * p.rows * p.hidden + 40; }
};
struct LstmOutputS8 : LstmOutputOf<GateArithmetic> {
  static constexpr double instructions(const Params& p) { return 220.0 * p.rows * p.hidden + 30; }
};
struct LstmOutputS8Tables : LstmOutputOf<GateTable> {
  static constexpr bool kHasTables = true;
  static constexpr double instructions(const Params& p) { return 70.0 * p.rows * p.hidden + 30; }
};

}  // namespace tmc::kernels::armv7em
