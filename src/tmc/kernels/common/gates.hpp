// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What implementations of recurrent kernels (contract/recurrent_f32.hpp, contract/recurrent_s8.hpp) share.

#include "tmc/base/fixed_point.hpp"
#include "tmc/base/fixed_point_functions.hpp"
#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

// The new state over the old one.
constexpr Overlap kSamePlace{Overlap::Kind::kSameBegin, 0};

// Of an integer LSTM, in their order; a gate's number has so many integer bits.
constexpr int32_t kInputGate = 0, kOutputGate = 1, kForgetGate = 2, kCellGate = 3;
constexpr int32_t kGateBits = 3;

// For every unit of every row: step(its index in a state, that of its first gate's sum, the unit).
template <typename Params, typename Step>
inline void for_each_unit(const Params& p, Step step) {
  for (int32_t row = 0; row < p.rows; ++row) {
    for (int32_t unit = 0; unit < p.hidden; ++unit) {
      step(row * p.hidden + unit, row * p.gates * p.hidden + unit, unit);
    }
  }
}

// The cell of an integer LSTM behind the one before, from what its gates let through and the candidate
// (contract/recurrent_s8.hpp).
template <typename Params>
inline int16_t next_cell(const Params& p, int32_t before, int32_t input, int32_t forget, int32_t candidate) {
  const int32_t kept = fixed16::divide_by_pot(forget * before, 15);
  const int32_t added = fixed16::wrap(fixed16::divide_by_pot(input * candidate, p.product_shift));
  const int32_t cell = fixed16::saturate(kept + added);
  return static_cast<int16_t>(p.cell_clip > 0 ? clamp(cell, -p.cell_clip, p.cell_clip) : cell);
}

}  // namespace tmc::kernels
