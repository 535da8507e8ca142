// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The cosines and sines that a rotary embedding reads.

#include <optional>
#include <vector>

#include "tmc/opt/decoder/past_graph.hpp"

namespace tmc::opt {

// What its angles grow by with each token (rotary_steps.hpp); none where they are no such turns of the positions alone.
std::optional<std::vector<int64_t>> steps_of(const ir::Graph& graph, const PastGraph& past, ir::NodeId rotary,
                                             ir::Evaluator& evaluator);

}  // namespace tmc::opt
