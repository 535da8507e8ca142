// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What oracles are told of the nodes that `--custom` describes: which Python function computes each, and with what.

#include <functional>
#include <string>

#include "tmc/base/host/status.hpp"
#include "tmc/ir/graph.hpp"

namespace tmc::check {

// JSON as oracle.hpp says; empty where the graph has no such node. `name_in_file` gives what the file that the oracle
// reads calls a value. kBadUsage with all operators that have no oracle.
Result<std::string> custom_nodes(const ir::Graph& graph,
                                 const std::function<std::string(const std::string& value)>& name_in_file);

}  // namespace tmc::check
