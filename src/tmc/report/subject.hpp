// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What reports are of: a compiled model.

#include <filesystem>

#include "tmc/ir/graph.hpp"
#include "tmc/ir/pass.hpp"
#include "tmc/program/program.hpp"
#include "tmc/targets/target.hpp"

namespace tmc::report {

// References to what outlives it.
struct Subject {
  const std::filesystem::path& model;
  const Target& target;
  Optimize optimize;
  const ir::Graph& graph;
  const program::Program& program;
  const ir::RemovedWork& removed;
};

}  // namespace tmc::report
