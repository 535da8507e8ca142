// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Weights and bias of a layer as the integer kernels take them: int8 weights
// with zero point 0, one scale or one per output channel (axis 0); int32 bias with the scale of the accumulator,
// input scale * weight scale.

#include "tmc/ir/graph.hpp"

namespace tmc::quant {

// The weights with their zero points subtracted: the constant itself where they are 0, or where int8 does not hold the
// differences. Error: kUnsupportedType where the scales run along another axis.
Result<ir::ValueId> symmetric_weights(ir::Graph& graph, ir::ValueId weights);

// The bias (constant: float, or quantised integers) rounded to the accumulator's scale: the constant itself where it
// is that already. Error: kUnsupportedType where it leaves int32.
Result<ir::ValueId> accumulator_bias(ir::Graph& graph, ir::ValueId bias, float input_scale,
                                     const Quantization& weights);

}  // namespace tmc::quant
