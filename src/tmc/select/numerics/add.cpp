// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/select/numerics/add.hpp"

#include <algorithm>

#include "tmc/kernels/contract/add_s8.hpp"
#include "tmc/select/numerics/affine.hpp"
#include "tmc/select/numerics/broadcast.hpp"

namespace tmc::select {

Status emit_add(Lowering& lowering, ops::Activation activation, int32_t b_sign) {
  TMC_ASSIGN(const Affine a, affine_of(lowering.input(0)));
  TMC_ASSIGN(const Affine b, affine_of(lowering.input(1)));
  TMC_ASSIGN(const Affine output, affine_of(lowering.output()));
  kernels::AddS8::Params p{};
  TMC_TRY(set_broadcast_params(p, lowering.input(0).type.shape, lowering.input(1).type.shape,
                               lowering.output().type.shape));
  // Both operands are brought to twice the larger scale, held with kLeftShift more bits.
  const double twice_max = 2.0 * static_cast<double>(std::max(a.scale, b.scale));
  const FixedMultiplier a_fixed = quantize_multiplier(static_cast<double>(a.scale) / twice_max);
  const FixedMultiplier b_fixed = quantize_multiplier(static_cast<double>(b.scale) / twice_max);
  const FixedMultiplier output_fixed = quantize_multiplier(
      twice_max / (static_cast<double>(1 << kernels::AddS8::kLeftShift) * static_cast<double>(output.scale)));
  p.a_zero_point = a.zero_point;
  p.a_multiplier = a_fixed.multiplier;
  p.a_shift = a_fixed.shift;
  p.b_zero_point = b.zero_point;
  p.b_multiplier = b_fixed.multiplier;
  p.b_shift = b_fixed.shift;
  p.b_sign = b_sign;
  p.output_zero_point = output.zero_point;
  p.output_multiplier = output_fixed.multiplier;
  p.output_shift = output_fixed.shift;
  const Range range = activation_range(activation, output);
  p.activation_min = range.low;
  p.activation_max = range.high;
  return lowering.emit<kernels::AddS8>(p, {}, {lowering.input_ref(0), lowering.input_ref(1)}, {lowering.output_ref()});
}

}  // namespace tmc::select
