// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Operators on float tensors: what their lowerings share.

#include <vector>

#include "tmc/ir/activation.hpp"
#include "tmc/select/lowering.hpp"

namespace tmc::select {

// Whether the node computes in float: its first input says so.
inline bool is_float(const Lowering& lowering) {
  return lowering.input(0).type.dtype == DType::kF32;
}

template <typename Params>
void set_activation_range(Params& p, ops::Activation activation) {
  const ir::RealRange range = ir::range_of(activation);
  p.activation_min = static_cast<float>(range.min);
  p.activation_max = static_cast<float>(range.max);
}

// The model's constants of conv2d_f32, depthwise_conv2d_f32 and fully_connected_f32, from a node with inputs image,
// weights [outputs, ...] and optional bias [outputs]: weights f32 or f16 as the graph has them, bias f32.
// kUnsupportedType where they are not constant or of another dtype.
Result<std::vector<kernels::Blob>> float_constants(const Lowering& lowering);

// The bias alone, zeros where there is none.
Result<std::vector<float>> float_bias(const Lowering& lowering, size_t outputs);

}  // namespace tmc::select
