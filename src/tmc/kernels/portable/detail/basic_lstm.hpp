// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Arithmetic of an LSTM of the basic kind (contract/basic_lstm_s16.hpp).

#include "tmc/base/fixed_point.hpp"
#include "tmc/kernels/common/counts.hpp"

namespace tmc::kernels::portable::detail {

constexpr int32_t kBasicCellBits = 4;

template <typename Params>
constexpr bool has_extents_of_basic_lstm(const Params& p) {
  const int64_t units = product_of(p.rows, p.hidden);
  return p.gates_elements == product_of(units, 4) && p.state_elements == units && p.output_elements == units;
}

// round(a * b / 2^15) of 16-bit numbers, ties as of saturating_rounding_doubling_high_mul.
constexpr int32_t product16(int32_t a, int32_t b) {
  const int32_t product = a * b;
  const int32_t nudge = product >= 0 ? 1 << 14 : 1 - (1 << 14);
  const int32_t rounded = static_cast<int32_t>((int64_t{product} + nudge) / (1 << 15));
  return rounded > INT16_MAX ? INT16_MAX : rounded;
}

// Where the gates of an element of the state begin.
template <typename Params>
constexpr int32_t first_gate(const Params& p, int32_t at) {
  return at / p.hidden * 4 * p.hidden + at % p.hidden;
}

}  // namespace tmc::kernels::portable::detail
