// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Parameters of the contracts on int16, whose zero points are 0.

#include <stdint.h>

namespace tmc::kernels::portable {

template <typename Params>
constexpr bool has_symmetric_operands(const Params& p) {
  return p.a_zero_point == 0 && p.b_zero_point == 0 && p.output_zero_point == 0;
}
template <typename Params>
constexpr bool is_symmetric(const Params& p) {
  return p.input_zero_point == 0 && p.output_zero_point == 0;
}

}  // namespace tmc::kernels::portable
