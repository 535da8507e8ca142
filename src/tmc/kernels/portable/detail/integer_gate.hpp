// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the sums of an integer LSTM's gates (contract/recurrent_s8.hpp) say.

#include <stdint.h>

#include "tmc/base/fixed_point.hpp"

namespace tmc::kernels::portable {

// The number of gate `gate` whose sums are at `first`.
template <typename Params, typename Buffers>
inline int16_t integer_gate(const Params& p, const Buffers& b, int32_t first, int32_t gate) {
  const int32_t at = first + gate * p.hidden;
  const int32_t a = multiply_by_quantized_multiplier(b.gates_a[at], p.a_multipliers[gate], p.a_shifts[gate]);
  const int32_t of_b = multiply_by_quantized_multiplier(b.gates_b[at], p.b_multipliers[gate], p.b_shifts[gate]);
  // Both fit 31 bits but for the most extreme sums, which wrap as the reference's do.
  const auto sum =
      static_cast<int32_t>(static_cast<uint32_t>(clamp(a, INT16_MIN, INT16_MAX)) + static_cast<uint32_t>(of_b));
  return static_cast<int16_t>(clamp(sum, INT16_MIN, INT16_MAX));
}

}  // namespace tmc::kernels::portable
