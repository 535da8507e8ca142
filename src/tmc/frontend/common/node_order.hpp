// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Execution order of a file's nodes, which need not be written in it.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "tmc/base/host/status.hpp"

namespace tmc::frontend {

// Tensors by number, below the tensor count; negative: absent.
struct FileNode {
  std::string name;
  std::vector<int32_t> inputs;
  std::vector<int32_t> outputs;
};

// The nodes' indices with producers first, the file's order kept where it can be. `given` are the tensors that the
// graph gets from outside. kMalformed where two nodes (or a node and the outside) give one tensor and for a cycle, with
// a node of it. Linear in the size of the graph.
Result<std::vector<size_t>> execution_order(std::span<const FileNode> nodes, size_t tensor_count,
                                            std::span<const int32_t> given);

}  // namespace tmc::frontend
