// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Collects the operators of a file that have no importer, so that one error names them all.

#include <map>
#include <string>
#include <vector>

#include "tmc/base/host/status.hpp"

namespace tmc::frontend {

class UnsupportedOps {
 public:
  void add(const std::string& op, const std::string& node) { nodes_[op].push_back(node); }
  // Ok where none was added, else kUnsupportedOp with one line for each operator that names its nodes.
  Status status() const;

 private:
  std::map<std::string, std::vector<std::string>> nodes_;
};

}  // namespace tmc::frontend
