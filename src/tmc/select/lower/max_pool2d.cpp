// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/max_pool2d.hpp"

#include "tmc/kernels/contract/max_pool.hpp"
#include "tmc/select/numerics/floating.hpp"
#include "tmc/select/numerics/image.hpp"
#include "tmc/select/numerics/requantize.hpp"

namespace tmc::select {
namespace {

template <typename Params>
Params geometry(const Lowering& lowering, const ops::MaxPool2d& op) {
  Params p{};
  set_image_params(p, op, lowering.input(0).type.shape, lowering.output().type.shape);
  p.channels = extent(lowering.input(0).type.shape, 3);
  p.kernel_h = op.kernel_h;
  p.kernel_w = op.kernel_w;
  return p;
}

template <typename Contract>
Status emit_integers(Lowering& lowering, const ops::MaxPool2d& op) {
  const DType dtype = activation_dtype(lowering.input(0));
  TMC_ASSIGN(const Affine input, activation_affine_of(lowering.input(0), dtype));
  auto params = geometry<typename Contract::Params>(lowering, op);
  // The maximum is in the input's quantisation; requantising keeps its order.
  const Range range = activation_range(op.activation, input, dtype);
  params.activation_min = range.low;
  params.activation_max = range.high;
  TMC_TRY(lowering.emit<Contract>(params, {}, {lowering.input_ref(0)}, {lowering.output_ref()}));
  return requantize_output(lowering, input);
}

Status emit_f32(Lowering& lowering, const ops::MaxPool2d& op) {
  auto params = geometry<kernels::MaxPoolF32::Params>(lowering, op);
  set_activation_range(params, op.activation);
  return lowering.emit<kernels::MaxPoolF32>(params, {}, {lowering.input_ref(0)}, {lowering.output_ref()});
}

}  // namespace

Status lower_max_pool2d(Lowering& lowering) {
  const auto& op = lowering.node().op.get<ops::MaxPool2d>();
  TMC_TRY(require_nhwc(op.layout));
  if (is_float(lowering)) return emit_f32(lowering, op);
  return is_int16(lowering.input(0)) ? emit_integers<kernels::MaxPoolS16>(lowering, op)
                                     : emit_integers<kernels::MaxPoolS8>(lowering, op);
}

}  // namespace tmc::select
