// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The model's constants of conv2d_s8, depthwise_conv2d_s8 and fully_connected_s8, from a node with inputs image,
// weights [outputs, ...] and optional bias [outputs]: weights i8, bias i32, multiplier i32, shift i32.

#include <vector>

#include "tmc/kernels/host/registry.hpp"
#include "tmc/select/lowering.hpp"
#include "tmc/select/numerics/affine.hpp"

namespace tmc::select {

// How TFLite takes input scale * weight scale of a weight tensor with a single scale. Per axis it is always double.
enum class SingleScale { kDouble, kFloat };

// kUnsupportedType where the weights are not constant, not i8 or not symmetric per tensor or output channel.
Status check_weights(const ir::Value& weights);

// kUnsupportedType where weights or bias are not constant, not i8 and i32, or not symmetric.
Result<std::vector<kernels::Blob>> channel_constants(const Lowering& lowering, const Affine& input,
                                                     const Affine& output, SingleScale single_scale);

}  // namespace tmc::select
