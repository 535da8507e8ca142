// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Passes by name, as phases run them.

#include <string_view>

#include "tmc/ir/pass.hpp"

namespace tmc::pipeline {

struct FoundPass {
  const char* module;
  const ir::Pass* pass;  // null where no module has it
};
FoundPass find_pass(std::string_view name);

// Runs the pass, then compacts and verifies the graph, so that a pass that breaks it is named.
// The context's evaluator is pipeline's own.
Status run_pass(ir::Graph& graph, std::string_view name, ir::PassContext context = {});

}  // namespace tmc::pipeline
