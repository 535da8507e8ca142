// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Hybrid layers: float activations, int8 weights. The input is quantised at run time, then the layer runs on integers.
// Rows whose weights four bits hold (kernels/host/leaning_groups.hpp) are stored in half the bytes.

#include "tmc/kernels/contract/conv2d_hybrid.hpp"
#include "tmc/select/lowering.hpp"

namespace tmc::select {

// Whether the node's input is float and its weights are int8.
bool is_hybrid(const Lowering& lowering);

// Two steps for a node with inputs image, weights and optional bias. `params` are filled. kUnsupportedType where
// weights or bias are computed, or weights not symmetric.
Status emit_hybrid(Lowering& lowering, const kernels::Conv2dHybrid::Params& params, bool asymmetric);

}  // namespace tmc::select
