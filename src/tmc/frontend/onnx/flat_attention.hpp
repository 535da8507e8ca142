// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Nodes of attention as the operator `attention`, whose heads lie side by side: [batch, length, heads * size]. Where
// they lie apart, [batch, heads, length, size], transposes are around it.

#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/ops/op/attention.hpp"

namespace tmc::frontend::onnx_format {

// Inputs and outputs of ONNX's Attention.
inline constexpr size_t kQuery = 0, kKey = 1, kValue = 2, kMask = 3, kPastKey = 4, kPastValue = 5, kLengths = 6;
inline constexpr size_t kPresentKey = 1, kPresentValue = 2, kProducts = 3;

// Heads side by side as heads apart, and the other way round; values are named after the output with `suffix`.
// kMalformed where there are not so many.
Result<ir::ValueId> heads_apart(ImportContext& context, ir::ValueId value, int64_t heads, const std::string& suffix);
Result<ir::ValueId> heads_together(ImportContext& context, ir::ValueId value, const std::string& suffix);

// Puts keys and values, whose heads lie side by side or apart, behind their pasts, which the input `past` and the one
// after it hold with heads apart, and ends the outputs that give both. Keys and values lie side by side then. Returns
// how many positions are past.
Result<int64_t> put_past_before(ImportContext& context, size_t past, int64_t heads, ir::ValueId& key,
                                ir::ValueId& value);

// What onnxruntime's Attention and MultiHeadAttention say alike of themselves.
Result<ops::Attention> microsoft_attention(ImportContext& context);

// Ends the node with attention over a query, a key and a value, and a mask where there is one.
Status finish_attention(ImportContext& context, const ops::Attention& op, std::vector<ir::ValueId> operands,
                        ir::ValueId mask);

// Whether the operator says all of a node of ONNX's Attention: float32, without lengths, products or a mask that is
// shorter than the keys.
Result<bool> is_flat_attention(ImportContext& context);
// That node. `op` has its attributes; where its heads lie apart they are counted here.
Status import_flat_attention(ImportContext& context, ops::Attention op);

}  // namespace tmc::frontend::onnx_format
