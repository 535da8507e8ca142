// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What recurrent layers keep between the steps of a sequence is no tensor of a graph, and has to fit integers. So
// calibration runs a graph in which it is.

#include <string>

#include "tmc/ir/graph.hpp"
#include "tmc/quant/integer_form.hpp"

namespace tmc::quant {

// The tensor of a calibrated graph that holds state number `state` of the layer after every step.
std::string visible_state(const ir::Graph& graph, const ir::Node& layer, size_t state);

// The graph with those tensors as further outputs, each made by a twin of its layer, where no tensor of the graph holds
// the states and their range does not follow from the layer's functions.
Result<ir::Graph> with_visible_states(ir::Graph graph);

}  // namespace tmc::quant
