// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Graph to Program: a kernel implementation for every operator, addresses open. The graph is verified and in the NHWC
// layout.

#include "tmc/base/host/refusals.hpp"
#include "tmc/ir/graph.hpp"
#include "tmc/program/program.hpp"
#include "tmc/targets/target.hpp"

namespace tmc::select {

struct SelectOptions {
  bool keep_inputs = false;  // inputs survive a run
  bool spend_flash = true;   // on implementations that do in fewer instructions what another one does
                             // (ImplementationInfo::spends_flash), or with the table behind it (fuse_tables.hpp)
};

// Error: every node that has no kernel, all at once, with the reason of the first as code.
Result<program::Program> select(const ir::Graph& graph, const Target& target, const SelectOptions& options);

// Adds the nodes that `select` would refuse.
void find_refused(const ir::Graph& graph, const Target& target, Refusals& refusals);

}  // namespace tmc::select
