// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Random graphs of real int8 operators on small images, with branches and joins: for what has to hold whatever the
// network.

#include <random>

#include "tmc/ir/graph.hpp"

namespace tmc::testing {

ir::Graph random_graph(std::mt19937& rng, int nodes);

}  // namespace tmc::testing
