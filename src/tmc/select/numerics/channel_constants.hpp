// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A quantised layer with weights: a node with inputs image, weights [outputs, ...] and optional bias [outputs], int8
// throughout or int16 but for its weights. What conv2d_s8, depthwise_conv2d_s8 and fully_connected_s8 and those of
// int16 know of it beside extents.

#include <vector>

#include "tmc/kernels/host/registry.hpp"
#include "tmc/select/lowering.hpp"
#include "tmc/select/numerics/affine.hpp"

namespace tmc::select {

// How TFLite takes input scale * weight scale of a weight tensor with a single scale. Per axis it is always double.
enum class SingleScale { kDouble, kFloat };

// kUnsupportedType where the weights are not constant, not i8 or not quantised per tensor or output channel.
Status check_weights(const ir::Value& weights);
// The same where they have a zero point.
Status check_symmetric(const ir::Value& weights);

struct QuantizedLayer {
  Affine input, output;
  Range range;                           // of the fused activation
  std::vector<kernels::Blob> constants;  // weights i8, or wide ones, bias i32, multiplier i32, shift i32

  // Weights i16: those that have a zero point, less that, where int8 does not hold them.
  bool has_wide_weights() const { return constants[0].dtype == DType::kI16; }

  template <typename Params>
  void set_quantization(Params& params) const {
    params.input_zero_point = input.zero_point;
    params.output_zero_point = output.zero_point;
    params.activation_min = range.low;
    params.activation_max = range.high;
  }
};

// kUnsupportedType where input and output are not both i8 or both i16, weights or bias not constant, not i8 and i32, or
// weights wide of an int16 input, or where scales are so far apart that the int16 kernels have no place for it.
Result<QuantizedLayer> quantized_layer(const Lowering& lowering, ops::Activation activation, SingleScale single_scale);

}  // namespace tmc::select
