// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/select/numerics/add.hpp"

#include <algorithm>

#include "tmc/kernels/contract/add.hpp"
#include "tmc/select/numerics/affine.hpp"
#include "tmc/select/numerics/broadcast.hpp"

namespace tmc::select {
namespace {

// All but the sign of b.
template <typename Contract>
Result<typename Contract::Params> params_of(const Lowering& lowering, ops::Activation activation) {
  const DType dtype = activation_dtype(lowering.input(0));
  TMC_ASSIGN(const Affine a, activation_affine_of(lowering.input(0), dtype));
  TMC_ASSIGN(const Affine b, activation_affine_of(lowering.input(1), dtype));
  TMC_ASSIGN(const Affine output, activation_affine_of(lowering.output(), dtype));
  typename Contract::Params p{};
  TMC_TRY(set_broadcast_params(p, lowering.input(0).type.shape, lowering.input(1).type.shape,
                               lowering.output().type.shape));
  // Both operands are brought to twice the larger scale, held with kLeftShift more bits.
  const double twice_max = 2.0 * static_cast<double>(std::max(a.scale, b.scale));
  const FixedMultiplier a_fixed = quantize_multiplier(static_cast<double>(a.scale) / twice_max);
  const FixedMultiplier b_fixed = quantize_multiplier(static_cast<double>(b.scale) / twice_max);
  const FixedMultiplier output_fixed = quantize_multiplier(
      twice_max / (static_cast<double>(1 << Contract::kLeftShift) * static_cast<double>(output.scale)));
  p.a_zero_point = a.zero_point;
  p.a_multiplier = a_fixed.multiplier;
  p.a_shift = a_fixed.shift;
  p.b_zero_point = b.zero_point;
  p.b_multiplier = b_fixed.multiplier;
  p.b_shift = b_fixed.shift;
  p.b_sign = 1;
  p.output_zero_point = output.zero_point;
  p.output_multiplier = output_fixed.multiplier;
  p.output_shift = output_fixed.shift;
  const Range range = activation_range(activation, output, dtype);
  p.activation_min = range.low;
  p.activation_max = range.high;
  return p;
}

}  // namespace

Status emit_add(Lowering& lowering, ops::Activation activation, int32_t b_sign) {
  const std::vector<Ref> inputs = {lowering.input_ref(0), lowering.input_ref(1)};
  const std::vector<Ref> outputs = {lowering.output_ref()};
  if (is_int16(lowering.input(0))) {
    TMC_ASSIGN(auto params, params_of<kernels::AddS16>(lowering, activation));
    params.b_multiplier *= b_sign;
    return lowering.emit<kernels::AddS16>(params, {}, inputs, outputs);
  }
  TMC_ASSIGN(auto params, params_of<kernels::AddS8>(lowering, activation));
  params.b_sign = b_sign;
  return lowering.emit<kernels::AddS8>(params, {}, inputs, outputs);
}

}  // namespace tmc::select
