// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Writes a plan into its float graph as quantise/dequantise pairs, the form in which quantised ONNX models come, so
// that the passes that lower those lower this one too.
//
// Where a node that computes on integers makes a value V, all readers read the dequantised form of `V_quantized`; where
// something else does, only the integer nodes do. Graph outputs keep their names and stay float, as inputs do.

#include "tmc/quant/scheme/plan.hpp"

namespace tmc::quant {

inline constexpr const char* kQuantizedSuffix = "_quantized";

Status insert_pairs(ir::Graph& graph, const Plan& plan);

}  // namespace tmc::quant
