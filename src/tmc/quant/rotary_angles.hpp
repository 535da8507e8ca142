// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The angles of a rotary embedding as the one on int8 takes them.

#include <optional>
#include <set>

#include "tmc/ir/graph.hpp"

namespace tmc::quant {

// Cosines and sines as int16 of one scale, the greatest power of two below the ratio of the scales of what is turned
// and of the result for which they and a factor of one fit; they are made before the node. None where nothing bounds
// them, or nothing fits.
Result<std::optional<std::vector<ir::ValueId>>> integer_angles(ir::Graph& graph, ir::NodeId node, double ratio);

// The nodes of reals that angles are computed with: they stay, since turns of many times 2 pi have no int8.
std::set<ir::NodeId> makers_of_angles(const ir::Graph& graph);

}  // namespace tmc::quant
