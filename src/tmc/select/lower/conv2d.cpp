// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/conv2d.hpp"

#include "tmc/ir/permute.hpp"
#include "tmc/kernels/contract/conv2d.hpp"
#include "tmc/kernels/contract/conv2d_f32.hpp"
#include "tmc/select/numerics/channel_constants.hpp"
#include "tmc/select/numerics/floating.hpp"
#include "tmc/select/numerics/four_bit.hpp"
#include "tmc/select/numerics/hybrid.hpp"
#include "tmc/select/numerics/image.hpp"

namespace tmc::select {
namespace {

template <typename Params>
Params geometry(const Lowering& lowering, const ops::Conv2d& op) {
  Params p{};
  const Shape& weights = lowering.input(1).type.shape;
  const Shape& given = lowering.input(0).type.shape;
  const Shape image = op.planar_input ? ir::permute(given, ir::kNchwToNhwc) : given;
  set_image_params(p, op, image, lowering.output().type.shape);
  p.input_c = extent(image, 3);
  p.output_c = extent(lowering.output().type.shape, 3);
  p.kernel_h = extent(weights, 1);
  p.kernel_w = extent(weights, 2);
  p.dilation_h = op.dilation_h;
  p.dilation_w = op.dilation_w;
  p.groups = op.groups;
  return p;
}

// The depthwise contract where every input channel is a group of its own.
template <typename Convolution, typename Depthwise>
Status emit_either(Lowering& lowering, const typename Convolution::Params& params,
                   const std::vector<kernels::Blob>& constants) {
  const std::vector<Ref> inputs = {lowering.input_ref(0)};
  const std::vector<Ref> outputs = {lowering.output_ref()};
  if (params.groups > 1 && params.groups == params.input_c) {
    return lowering.emit<Depthwise>(params, constants, inputs, outputs);
  }
  return lowering.emit<Convolution>(params, constants, inputs, outputs);
}

Status emit_f32(Lowering& lowering, const ops::Conv2d& op) {
  TMC_ASSIGN(const std::vector<kernels::Blob> constants, float_constants(lowering));
  auto params = geometry<kernels::Conv2dF32::Params>(lowering, op);
  params.half_weights = constants[0].dtype == DType::kF16 ? 1 : 0;
  set_activation_range(params, op.activation);
  if (op.planar_input) {
    return lowering.emit<kernels::Conv2dPlanarF32>(params, constants, {lowering.input_ref(0)}, {lowering.output_ref()});
  }
  return emit_either<kernels::Conv2dF32, kernels::DepthwiseConv2dF32>(lowering, params, constants);
}

Status emit_hybrid_layer(Lowering& lowering, const ops::Conv2d& op) {
  auto params = geometry<kernels::Conv2dHybrid::Params>(lowering, op);
  set_activation_range(params, op.activation);
  return emit_hybrid(lowering, params, op.asymmetric_quantize_inputs);
}

}  // namespace

Status lower_conv2d(Lowering& lowering) {
  const auto& op = lowering.node().op.get<ops::Conv2d>();
  TMC_TRY(require_nhwc(op.layout));
  if (is_hybrid(lowering)) return emit_hybrid_layer(lowering, op);
  if (is_float(lowering)) return emit_f32(lowering, op);
  if (op.planar_input) return error(Error::kUnsupportedType, "an integer convolution of a planar image");
  TMC_ASSIGN(const QuantizedLayer layer, quantized_layer(lowering, op.activation, SingleScale::kDouble));
  auto params = geometry<kernels::Conv2dS8::Params>(lowering, op);
  layer.set_quantization(params);
  if (is_int16(lowering.input(0))) {
    return emit_either<kernels::Conv2dS16, kernels::DepthwiseConv2dS16>(lowering, params, layer.constants);
  }
  if (layer.has_wide_weights()) {
    return lowering.emit<kernels::Conv2dS8W16>(params, layer.constants, {lowering.input_ref(0)},
                                               {lowering.output_ref()});
  }
  TMC_ASSIGN(const bool emitted, emit_four_bit(lowering, params, layer.constants));
  if (emitted) return {};
  return emit_either<kernels::Conv2dS8, kernels::DepthwiseConv2dS8>(lowering, params, layer.constants);
}

}  // namespace tmc::select
