// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/max_pool2d.hpp"

#include "tmc/kernels/contract/max_pool_s8.hpp"
#include "tmc/select/numerics/image.hpp"
#include "tmc/select/numerics/table.hpp"

namespace tmc::select {

Status lower_max_pool2d(Lowering& lowering) {
  const auto& op = lowering.node().op.get<ops::MaxPool2d>();
  TMC_TRY(require_nhwc(op.layout));
  TMC_ASSIGN(const Affine input, affine_of(lowering.input(0)));
  kernels::MaxPoolS8::Params params{};
  set_image_params(params, op, lowering.input(0).type.shape, lowering.output().type.shape);
  params.channels = extent(lowering.input(0).type.shape, 3);
  params.kernel_h = op.kernel_h;
  params.kernel_w = op.kernel_w;
  // The maximum is in the input's quantisation; requantising keeps its order.
  const Range range = activation_range(op.activation, input);
  params.activation_min = range.low;
  params.activation_max = range.high;
  TMC_TRY(lowering.emit<kernels::MaxPoolS8>(params, {}, {lowering.input_ref(0)}, {lowering.output_ref()}));
  return requantize_output(lowering, input);
}

}  // namespace tmc::select
