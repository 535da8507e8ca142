// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Which nodes of a float graph shall compute on integers.
//
//  - layers with constant float weights and bias, recurrent ones with their plain functions among them, norms with
//  constant scales, turns by constant angles, products, pools, softmax and the functions that are tables
//  - add, sub, mul and mean, unless they work next to an operator that has no integer form: they are then part of a
//    normalisation or of a function decomposed in small steps (a variance, an erf), which eight bits would spoil
//  - what only moves elements follows its neighbours
//  - never what the caller keeps in float, and neither what reads the infinities of a mask (scheme/unbounded.hpp) nor
//    what makes a spectrum, its logarithm and cepstra (scheme/spectra.hpp)

#include <set>
#include <string>
#include <vector>

#include "tmc/ir/graph.hpp"

namespace tmc::quant {

// Names of nodes, or of the values they make.
using Names = std::set<std::string, std::less<>>;

// In execution order. Error (kBadUsage): a name in `keep_float` that no node has, with those that could be meant.
Result<std::vector<ir::NodeId>> integer_nodes(const ir::Graph& graph, const Names& keep_float);

// Of `nodes` those that are no movers, and the movers among them that these reach through movers.
std::vector<ir::NodeId> without_stranded_movements(const ir::Graph& graph, const std::vector<ir::NodeId>& nodes);

}  // namespace tmc::quant
