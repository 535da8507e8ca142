// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a decoder makes of positions alone: masks and angles, evaluated at positions that are given.

#include <optional>
#include <span>

#include "tmc/opt/decoder/past_graph.hpp"

namespace tmc::opt {

// The nodes that the value is made by, in their order.
std::vector<ir::NodeId> makers(const ir::Graph& graph, ir::ValueId id);

// The value where the positions of the tokens begin at `first`; none where it depends on something else that a run
// brings, or has no kernel.
std::optional<ir::TensorData> value_at(const ir::Graph& graph, const PastGraph& past, ir::ValueId id, int64_t first,
                                       ir::Evaluator& evaluator);

// Rows of the shortest constant table that is looked up at positions on the way to the value; 0 where there is none.
int64_t table_rows(const ir::Graph& graph, ir::ValueId positions, ir::ValueId id);

}  // namespace tmc::opt
