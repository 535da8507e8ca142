// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one element after the other.

#include "tmc/base/fixed_point.hpp"
#include "tmc/base/fixed_point_functions.hpp"
#include "tmc/kernels/common/wrapping.hpp"
#include "tmc/kernels/contract/recurrent_s8.hpp"
#include "tmc/kernels/portable/detail/integer_gate.hpp"
#include "tmc/kernels/portable/recurrent_f32.hpp"

namespace tmc::kernels::portable {

struct DenseSumsS8 : ImplementationOf<kernels::DenseSumsS8> {
  static constexpr double instructions(const Params& p) { return 8.0 * p.batch * p.inputs * p.outputs; }

  static void run(Params p, Buffers b) {
    const auto* weights = static_cast<const int8_t*>(b.weights);
    const auto* bias = static_cast<const int32_t*>(b.bias);
    for (int32_t row = 0; row < p.batch; ++row) {
      const int8_t* input = b.input + row * p.inputs;
      for (int32_t o = 0; o < p.outputs; ++o) {
        auto sum = static_cast<uint32_t>(bias[o]);
        for (int32_t i = 0; i < p.inputs; ++i) sum += static_cast<uint32_t>(input[i] * weights[o * p.inputs + i]);
        b.output[row * p.outputs + o] = static_cast<int32_t>(sum);
      }
    }
  }
};

struct LstmStateS16 : ImplementationOf<kernels::LstmStateS16> {
  static constexpr bool applies(const Params& p) {
    return p.gates == 4 && p.states == 1 && p.product_shift >= 1 && p.product_shift <= 31;
  }
  static constexpr Overlap overlap(const Params&, int buffer) { return buffer == 2 ? kSamePlace : kNoOverlap; }
  static constexpr double instructions(const Params& p) { return 720.0 * p.rows * p.hidden + 20; }

  static void run(Params p, Buffers b) {
    for_each_unit(p, [&](int32_t at, int32_t first, int32_t) {
      const int32_t forget = logistic_fixed16(integer_gate(p, b, first, kForgetGate));
      const int32_t input =
          p.coupled != 0 ? fixed16::kOne - forget : logistic_fixed16(integer_gate(p, b, first, kInputGate));
      const int32_t candidate = tanh_fixed16(integer_gate(p, b, first, kCellGate), kGateBits);
      b.output[at] = next_cell(p, b.state[at], input, forget, candidate);
    });
  }
};

struct LstmOutputS8 : ImplementationOf<kernels::LstmOutputS8> {
  static constexpr bool applies(const Params& p) {
    return p.gates == 4 && p.states == 1 && p.cell_bits >= 0 && p.cell_bits <= 6;
  }
  static constexpr double instructions(const Params& p) { return 470.0 * p.rows * p.hidden + 20; }

  static void run(Params p, Buffers b) {
    for_each_unit(p, [&](int32_t at, int32_t first, int32_t) {
      const int32_t gate = logistic_fixed16(integer_gate(p, b, first, kOutputGate));
      const int32_t product = gate * tanh_fixed16(b.cell[at], p.cell_bits);
      const int32_t scaled =
          wrapping_add(multiply_by_quantized_multiplier(product, p.multiplier, p.shift), p.zero_point);
      b.output[at] = static_cast<int8_t>(clamp(scaled, INT8_MIN, INT8_MAX));
    });
  }
};

}  // namespace tmc::kernels::portable
