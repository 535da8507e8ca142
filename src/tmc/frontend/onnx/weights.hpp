// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Weights on their way to another layout: a constant, or what quantize and dequantize make of one. Moving elements
// commutes with both, so that the constant itself is moved and they are repeated on it; what nothing reads any more is
// dead code.

#include "tmc/frontend/onnx/import_context.hpp"

namespace tmc::frontend::onnx_format {

// A constant, with a few quantize and dequantize nodes after it at most.
bool is_weights(const ir::Graph& graph, ir::ValueId id);

// Weights (is_weights) under a permutation of their axes; output axis i is input axis perm[i].
Result<ir::ValueId> transposed_weights(ImportContext& context, ir::ValueId id, const std::vector<int64_t>& perm);
// Weights (is_weights) [outputs, inputs, taps] of lines as those of images of height 1, [outputs, inputs, 1, taps].
Result<ir::ValueId> weights_of_height_1(ImportContext& context, ir::ValueId id);
// Weights of a transposed convolution, [inputs, outputs / groups, rows, columns] or [inputs, outputs / groups, taps],
// as those of the plain one: [outputs, inputs / groups, rows, columns], each window turned by half a turn.
// kUnsupportedType where they are no weights (is_weights) or are quantised along another axis than the outputs.
Result<ir::ValueId> turned_weights(ImportContext& context, ir::ValueId id, int64_t groups);
// A bias (is_weights) of extents [1, ..., 1, n] as [n].
Result<ir::ValueId> flat_bias(ImportContext& context, ir::ValueId id);

}  // namespace tmc::frontend::onnx_format
