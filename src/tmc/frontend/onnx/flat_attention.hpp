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

// Which input holds what came before keys or values, with heads apart, and which output gives both.
struct PastHeads {
  size_t past, present;
  int64_t heads;
  std::string suffix;
};
// A key or value, whose heads lie side by side or apart, behind its past; side by side. `past_length` is set where
// there is one.
Result<ir::ValueId> with_past_heads(ImportContext& context, ir::ValueId given, const PastHeads& past,
                                    int64_t& past_length);

// Ends the node with attention over a query, a key and a value, and a mask where there is one.
Status finish_attention(ImportContext& context, const ops::Attention& op, std::vector<ir::ValueId> operands,
                        ir::ValueId mask);

// Whether the operator says all of a node of ONNX's Attention: float32, without lengths, products or a mask that is
// shorter than the keys.
Result<bool> is_flat_attention(ImportContext& context);
// That node. `op` has its attributes; where its heads lie apart they are counted here.
Status import_flat_attention(ImportContext& context, ops::Attention op);

}  // namespace tmc::frontend::onnx_format
