// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/functions.hpp"

#include "tmc/kernels/contract/mul.hpp"
#include "tmc/select/lower_function.hpp"
#include "tmc/select/numerics/affine.hpp"
#include "tmc/select/numerics/broadcast.hpp"

namespace tmc::select {

namespace {

template <typename Contract>
Status emit_integers(Lowering& lowering, ops::Activation activation) {
  const DType dtype = activation_dtype(lowering.input(0));
  TMC_ASSIGN(const Affine a, activation_affine_of(lowering.input(0), dtype));
  TMC_ASSIGN(const Affine b, activation_affine_of(lowering.input(1), dtype));
  TMC_ASSIGN(const Affine output, activation_affine_of(lowering.output(), dtype));
  typename Contract::Params p{};
  TMC_TRY(set_broadcast_params(p, lowering.input(0).type.shape, lowering.input(1).type.shape,
                               lowering.output().type.shape));
  // TFLite multiplies and divides in float.
  const FixedMultiplier fixed =
      fixed_multiplier(static_cast<double>(a.scale * b.scale / output.scale), lowering.requantization());
  p.a_zero_point = a.zero_point;
  p.b_zero_point = b.zero_point;
  p.output_zero_point = output.zero_point;
  p.output_multiplier = fixed.multiplier;
  p.output_shift = fixed.shift;
  const Range range = activation_range(activation, output, dtype);
  p.activation_min = range.low;
  p.activation_max = range.high;
  return lowering.emit<Contract>(p, {}, {lowering.input_ref(0), lowering.input_ref(1)}, {lowering.output_ref()});
}

}  // namespace

Status lower_mul(Lowering& lowering) {
  if (!is_quantized(lowering)) return lower_function<function::Mul>(lowering);
  const ops::Activation activation = lowering.node().op.get<ops::Mul>().activation;
  return is_int16(lowering.input(0)) ? emit_integers<kernels::MulS16>(lowering, activation)
                                     : emit_integers<kernels::MulS8>(lowering, activation);
}

}  // namespace tmc::select
