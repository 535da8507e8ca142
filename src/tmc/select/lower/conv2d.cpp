// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/conv2d.hpp"

#include "tmc/kernels/contract/conv2d_s8.hpp"
#include "tmc/kernels/contract/depthwise_conv2d_s8.hpp"
#include "tmc/select/numerics/channel_constants.hpp"
#include "tmc/select/numerics/image.hpp"

namespace tmc::select {
namespace {

kernels::Conv2dS8::Params geometry(const ops::Conv2d& op, const Shape& input, const Shape& weights,
                                   const Shape& output) {
  kernels::Conv2dS8::Params p{};
  set_image_params(p, op, input, output);
  p.input_c = extent(input, 3);
  p.output_c = extent(output, 3);
  p.kernel_h = extent(weights, 1);
  p.kernel_w = extent(weights, 2);
  p.dilation_h = op.dilation_h;
  p.dilation_w = op.dilation_w;
  p.groups = op.groups;
  return p;
}

}  // namespace

Status lower_conv2d(Lowering& lowering) {
  const auto& op = lowering.node().op.get<ops::Conv2d>();
  TMC_TRY(require_nhwc(op.layout));
  TMC_ASSIGN(const Affine input, affine_of(lowering.input(0)));
  TMC_ASSIGN(const Affine output, affine_of(lowering.output()));
  TMC_ASSIGN(std::vector<kernels::Blob> constants, channel_constants(lowering, input, output, SingleScale::kDouble));
  auto params = geometry(op, lowering.input(0).type.shape, lowering.input(1).type.shape, lowering.output().type.shape);
  const Range range = activation_range(op.activation, output);
  params.input_zero_point = input.zero_point;
  params.output_zero_point = output.zero_point;
  params.activation_min = range.low;
  params.activation_max = range.high;
  const std::vector<Ref> inputs = {lowering.input_ref(0)};
  const std::vector<Ref> outputs = {lowering.output_ref()};
  if (op.groups > 1 && op.groups == params.input_c) {
    return lowering.emit<kernels::DepthwiseConv2dS8>(params, constants, inputs, outputs);
  }
  return lowering.emit<kernels::Conv2dS8>(params, constants, inputs, outputs);
}

}  // namespace tmc::select
