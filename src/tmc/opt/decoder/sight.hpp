// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Which keys the queries of an attention see: a decoder's see all those before them and their own, whether the operator
// says so or a mask, and nothing else.

#include "tmc/opt/decoder/past_graph.hpp"

namespace tmc::opt {

// How many of the newest tokens queries see, their own among them; 0: all. kUnsupportedOp where they see others, or
// where scores are changed otherwise.
Result<int64_t> sight_of(const ir::Graph& graph, const PastGraph& past, ir::NodeId id, ir::Evaluator& evaluator);

}  // namespace tmc::opt
