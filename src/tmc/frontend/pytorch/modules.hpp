// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The quantised modules of a state dictionary and the nodes of a graph that each of them became.

#include <map>
#include <vector>

#include "tmc/frontend/pytorch/state_dict.hpp"

namespace tmc::frontend::pytorch {

struct Module {
  std::string name;
  Quantization output;  // of int8: of what it hands on
  bool is_stub = false;
  std::vector<ir::NodeId> nodes;  // in execution order
};

// "block.conv1" of "/block/conv1/Conv"; empty where the node's name holds no path.
std::string module_path(std::string_view node_name);

// With their nodes. Error: kBadInput where a module has none, where functional modules or stubs are more or fewer than
// the graph has places for, or where the dictionary holds no scales at all.
Result<std::vector<Module>> find_modules(const ir::Graph& graph, const StateDict& state);

}  // namespace tmc::frontend::pytorch
