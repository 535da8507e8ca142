// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The mask of float attention as int8 attention takes it.

#include "tmc/ir/graph.hpp"

namespace tmc::quant {

// A mask of bools as it is, and kNone; one of reals as int16 in units of the scores (ops/op/attention.hpp), where what
// is below all of them hides. It is made before the node.
Result<ir::ValueId> integer_mask(ir::Graph& graph, ir::NodeId node, ir::ValueId mask);

}  // namespace tmc::quant
