// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the attentions of onnxruntime's domain (com.microsoft) share: masks of integers, and parts of packed operands.
// Masks are reals that are added to [batch, heads, queries, keys].

#include "tmc/frontend/onnx/patterns.hpp"

namespace tmc::frontend::onnx_format {

struct AttentionExtents {
  int64_t batch, queries, keys;  // keys with those before
};

// Of an input of int32: [batch] keys that each item has, or [batch, keys] or [batch, queries, keys], above 0 where a
// key may be seen. What may not gets mask_filter_value. kNone where the input is absent; kUnsupportedOp for the other
// forms that onnxruntime has.
Result<ir::ValueId> integer_mask(ImportContext& context, size_t input, const AttentionExtents& extents);
// The sum of a mask and of an input that is one already; either may be absent.
Result<ir::ValueId> with_bias(ImportContext& context, ir::ValueId mask, size_t input);

// `size` elements of a value along an axis from `begin` on.
Result<ir::ValueId> part_of(ImportContext& context, const std::string& suffix, ir::ValueId value, int axis,
                            int64_t begin, int64_t size);

// kUnsupportedOp where an input that is not taken is there: its name and what helps.
Status refuse_input(ImportContext& context, size_t input, const char* name, const char* hint);

}  // namespace tmc::frontend::onnx_format
