// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Rotary position embedding (Su et al. 2021), as ONNX and onnxruntime's domain have it.

#include "tmc/frontend/onnx/import_context.hpp"

namespace tmc::frontend::onnx_format {

// Which input is what; and what stands for no number of heads: with `sized_by_angles` as many as the angles turn
// whole, else an error where heads lie side by side.
struct RotaryForm {
  size_t cosine, sine, positions;
  bool sized_by_angles;
};

// The node with attributes num_heads, rotary_embedding_dim and interleaved. x is [batch, length, heads * size] or
// [batch, heads, length, size]. Angles are tables of all positions, of which input `positions` says the rows of each
// item, or, where it is one number, the first; without that input the angles of each position are given.
Status import_rotary(ImportContext& context, const RotaryForm& form);

}  // namespace tmc::frontend::onnx_format
