// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A graph that becomes part of another one.

#include <vector>

#include "tmc/ir/graph.hpp"

namespace tmc::opt {

// Copies the constants and nodes of `part`, nodes right before `before`, with `inputs` in place of its inputs, in their
// order and of their types. Returns the values that its outputs are there. Inputs and outputs of `part` that are its
// states become states of the graph; `inputs` are the others, which come first.
std::vector<ir::ValueId> inline_graph(ir::Graph& graph, const ir::Graph& part, const std::vector<ir::ValueId>& inputs,
                                      ir::NodeId before);

// The input becomes what `part` takes for its only input; what it was is made of the first output of `part`, which has
// as many elements, and is quantised where the input is. Returns all outputs of `part`. Error: kBadUsage where the
// input is an output too, is not read or has another number of elements.
Result<std::vector<ir::ValueId>> prepend_graph(ir::Graph& graph, ir::ValueId input, const ir::Graph& part);

}  // namespace tmc::opt
