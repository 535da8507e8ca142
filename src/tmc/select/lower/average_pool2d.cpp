// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/average_pool2d.hpp"

#include "tmc/kernels/contract/average_pool.hpp"
#include "tmc/select/lowering.hpp"
#include "tmc/select/numerics/affine.hpp"
#include "tmc/select/numerics/floating.hpp"
#include "tmc/select/numerics/image.hpp"

namespace tmc::select {
namespace {

template <typename Params>
Params geometry(const Lowering& lowering, const ops::AveragePool2d& op) {
  Params p{};
  set_image_params(p, op, lowering.input(0).type.shape, lowering.output().type.shape);
  p.channels = extent(lowering.input(0).type.shape, 3);
  p.kernel_h = op.kernel_h;
  p.kernel_w = op.kernel_w;
  p.count_include_pad = op.count_include_pad ? 1 : 0;
  return p;
}

template <typename Contract>
Status emit_integers(Lowering& lowering, const ops::AveragePool2d& op) {
  const DType dtype = activation_dtype(lowering.input(0));
  TMC_ASSIGN(const Affine input, activation_affine_of(lowering.input(0), dtype));
  TMC_ASSIGN(const Affine output, activation_affine_of(lowering.output(), dtype));
  auto params = geometry<typename Contract::Params>(lowering, op);
  params.ties_up = op.ties_up ? 1 : 0;
  params.input_zero_point = input.zero_point;
  params.output_zero_point = output.zero_point;
  if (input != output) {
    const FixedMultiplier fixed = rescale_in_double(input, output, lowering.requantization());
    params.rescale = 1;
    params.multiplier = fixed.multiplier;
    params.shift = fixed.shift;
  }
  const Range range = activation_range(op.activation, output, dtype);
  params.activation_min = range.low;
  params.activation_max = range.high;
  return lowering.emit<Contract>(params, {}, {lowering.input_ref(0)}, {lowering.output_ref()});
}

Status emit_f32(Lowering& lowering, const ops::AveragePool2d& op) {
  auto params = geometry<kernels::AveragePoolF32::Params>(lowering, op);
  set_activation_range(params, op.activation);
  return lowering.emit<kernels::AveragePoolF32>(params, {}, {lowering.input_ref(0)}, {lowering.output_ref()});
}

}  // namespace

Status lower_average_pool2d(Lowering& lowering) {
  const auto& op = lowering.node().op.get<ops::AveragePool2d>();
  TMC_TRY(require_nhwc(op.layout));
  if (is_float(lowering)) return emit_f32(lowering, op);
  return is_int16(lowering.input(0)) ? emit_integers<kernels::AveragePoolS16>(lowering, op)
                                     : emit_integers<kernels::AveragePoolS8>(lowering, op);
}

}  // namespace tmc::select
