// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/fully_connected.hpp"

#include "tmc/kernels/contract/fully_connected.hpp"
#include "tmc/select/numerics/channel_constants.hpp"
#include "tmc/select/numerics/floating.hpp"
#include "tmc/select/numerics/four_bit.hpp"
#include "tmc/select/numerics/hybrid.hpp"
#include "tmc/select/numerics/matmul.hpp"

namespace tmc::select {
namespace {

// Fills batch, inputs and outputs.
template <typename Params>
Params extents(const Lowering& lowering) {
  const Shape& weights = lowering.input(1).type.shape;
  Params p{};
  p.batch = static_cast<int32_t>(lowering.input(0).type.shape.elements() / weights[1]);
  p.inputs = static_cast<int32_t>(weights[1]);
  p.outputs = static_cast<int32_t>(weights[0]);
  return p;
}

Status emit_f32(Lowering& lowering, ops::Activation activation) {
  TMC_ASSIGN(const std::vector<kernels::Blob> constants, float_constants(lowering));
  auto params = extents<kernels::FullyConnectedF32::Params>(lowering);
  params.half_weights = constants[0].dtype == DType::kF16 ? 1 : 0;
  set_activation_range(params, activation);
  return lowering.emit<kernels::FullyConnectedF32>(params, constants, {lowering.input_ref(0)}, {lowering.output_ref()});
}

// Of a convolution over rows as images of one pixel.
template <typename Params>
Params pixel_extents(const Lowering& lowering) {
  const auto rows = extents<kernels::FullyConnectedF32::Params>(lowering);
  Params params{};
  params.batch = rows.batch;
  params.input_c = rows.inputs;
  params.output_c = rows.outputs;
  params.input_h = params.input_w = params.output_h = params.output_w = 1;
  params.kernel_h = params.kernel_w = params.stride_h = params.stride_w = 1;
  params.dilation_h = params.dilation_w = params.groups = 1;
  return params;
}

// Implementations of convolutions take several rows at a time.
constexpr int32_t kLeastRowsAsPixels = 6;

Status emit_hybrid_rows(Lowering& lowering, const ops::FullyConnected& op) {
  auto params = pixel_extents<kernels::Conv2dHybrid::Params>(lowering);
  set_activation_range(params, op.activation);
  return emit_hybrid(lowering, params, op.asymmetric_quantize_inputs);
}

}  // namespace

Status lower_fully_connected(Lowering& lowering) {
  const auto& op = lowering.node().op.get<ops::FullyConnected>();
  // Computed weights are the second matrix of a product, which knows no bias and no activation.
  const bool plain = !lowering.has_input(2) && op.activation == ops::Activation::kNone;
  if (!lowering.input(1).is_constant() && plain) return emit_matmul(lowering, /*transpose_b=*/true);
  if (is_hybrid(lowering)) return emit_hybrid_rows(lowering, op);
  if (is_float(lowering)) return emit_f32(lowering, op.activation);
  TMC_ASSIGN(const QuantizedLayer layer, quantized_layer(lowering, op.activation, SingleScale::kFloat));
  auto params = extents<kernels::FullyConnectedS8::Params>(lowering);
  layer.set_quantization(params);
  const std::vector<Ref> inputs = {lowering.input_ref(0)};
  const std::vector<Ref> outputs = {lowering.output_ref()};
  if (is_int16(lowering.input(0))) {
    return lowering.emit<kernels::FullyConnectedS16>(params, layer.constants, inputs, outputs);
  }
  auto pixels = pixel_extents<kernels::Conv2dS8::Params>(lowering);
  layer.set_quantization(pixels);
  if (layer.has_wide_weights()) return lowering.emit<kernels::Conv2dS8W16>(pixels, layer.constants, inputs, outputs);
  TMC_ASSIGN(const bool emitted, emit_four_bit(lowering, pixels, layer.constants));
  if (emitted) return {};
  if (params.batch >= kLeastRowsAsPixels) {
    std::swap(pixels.batch, pixels.input_w);
    pixels.output_w = pixels.input_w;
    if (lowering.expected_instructions<kernels::Conv2dS8>(pixels, layer.constants) <
        lowering.expected_instructions<kernels::FullyConnectedS8>(params, layer.constants)) {
      return lowering.emit<kernels::Conv2dS8>(pixels, layer.constants, inputs, outputs);
    }
  }
  return lowering.emit<kernels::FullyConnectedS8>(params, layer.constants, inputs, outputs);
}

}  // namespace tmc::select
