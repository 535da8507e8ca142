// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/highway/add_s8.hpp"

#include "tmc/kernels/highway/detail/int8_layers.hpp"

namespace tmc::kernels::highway {
namespace {

bool is_scaling(int32_t multiplier, int32_t shift) {
  return multiplier >= 0 && shift <= 0 && shift >= -31;
}

}  // namespace

bool AddS8::applies(const Params& p) {
  return is_dense(p.extents, p.a_strides) && is_dense(p.extents, p.b_strides) &&
         is_scaling(p.a_multiplier, p.a_shift) && is_scaling(p.b_multiplier, p.b_shift) && p.output_multiplier >= 0 &&
         p.output_shift <= 31 && p.output_shift >= -31;
}

void AddS8::run(Params p, Buffers b) {
  add_scaled({.a = b.a,
              .b = b.b,
              .elements = static_cast<int32_t>(broadcast_elements(p)),
              .of_a = {p.a_zero_point, p.a_multiplier, -p.a_shift},
              .of_b = {p.b_zero_point, p.b_multiplier, -p.b_shift},
              .left_shift = Contract::kLeftShift,
              .b_sign = p.b_sign,
              .multiplier = p.output_multiplier,
              .shift_left = p.output_shift > 0 ? p.output_shift : 0,
              .shift_right = p.output_shift > 0 ? 0 : -p.output_shift,
              .range = {p.output_zero_point, p.activation_min, p.activation_max},
              .output = b.output});
}

}  // namespace tmc::kernels::highway
