// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Inputs and outputs of a model that are its state (ir::State).

#include <map>
#include <string>

#include "tmc/ir/graph.hpp"

namespace tmc::frontend {

// Inputs, by name, become what the outputs of these names were in the run before; they begin as zeros. kBadUsage where
// there is none of a name, or the two are not of one type.
Status mark_states(ir::Graph& graph, const std::map<std::string, std::string>& outputs_by_input);

// Outputs by input that are states without doubt: the input is called as a state is (h_in, state, c0, past_conv), the
// output as the next one (h_out, next_state, cn, present_conv), both are of one type, no other has the name, and the
// model has inputs and outputs besides. Empty where the graph has states already.
std::map<std::string, std::string> find_states(const ir::Graph& graph);

}  // namespace tmc::frontend
