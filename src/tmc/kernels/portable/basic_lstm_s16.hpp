// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one unit after the other.

#include "tmc/kernels/common/gates.hpp"
#include "tmc/kernels/contract/basic_lstm_s16.hpp"
#include "tmc/kernels/portable/detail/basic_lstm.hpp"

namespace tmc::kernels::portable {

struct BasicLstmStateS16 : ImplementationOf<kernels::BasicLstmStateS16> {
  static constexpr bool applies(const Params& p) { return detail::has_extents_of_basic_lstm(p); }
  static constexpr Overlap overlap(const Params&, int buffer) { return buffer == 1 ? kSamePlace : kNoOverlap; }
  static constexpr double instructions(const Params& p) { return 700.0 * p.rows * p.hidden + 20; }

  static void run(Params p, Buffers b) {
    for (int32_t at = 0; at < p.rows * p.hidden; ++at) {
      const int16_t* gates = b.gates + detail::first_gate(p, at);
      const int32_t input = logistic_fixed16(gates[0]);
      const int32_t candidate = tanh_fixed16(gates[p.hidden], kGateBits);
      const int32_t forget = logistic_fixed16(gates[2 * p.hidden]);
      const int32_t added = fixed16::divide_by_pot(detail::product16(input, candidate), detail::kBasicCellBits);
      b.output[at] = static_cast<int16_t>(fixed16::saturate(added + detail::product16(forget, b.state[at])));
    }
  }
};

struct BasicLstmOutputS8 : ImplementationOf<kernels::BasicLstmOutputS8> {
  static constexpr bool applies(const Params& p) { return detail::has_extents_of_basic_lstm(p); }
  static constexpr double instructions(const Params& p) { return 450.0 * p.rows * p.hidden + 20; }

  static void run(Params p, Buffers b) {
    for (int32_t at = 0; at < p.rows * p.hidden; ++at) {
      const int16_t* gates = b.gates + detail::first_gate(p, at);
      const int32_t gate = logistic_fixed16(gates[3 * p.hidden]);
      const int32_t product = detail::product16(gate, tanh_fixed16(b.state[at], detail::kBasicCellBits));
      b.output[at] = static_cast<int8_t>(clamp(fixed16::divide_by_pot(product, 8), INT8_MIN, INT8_MAX));
    }
  }
};

}  // namespace tmc::kernels::portable
