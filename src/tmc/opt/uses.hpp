// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Who reads what, counted once: Graph::only_user walks all nodes for every value that it is asked about. Of the graph
// as it was when this was made.

#include <vector>

#include "tmc/ir/graph.hpp"

namespace tmc::opt {

class Uses {
 public:
  explicit Uses(const ir::Graph& graph) : users_(graph.value_count()), is_output_(graph.value_count(), false) {
    for (const ir::NodeId id : graph.order()) {
      for (const ir::ValueId input : graph.node(id).inputs) {
        if (input == ir::ValueId::kNone) continue;
        std::vector<ir::NodeId>& users = users_[static_cast<size_t>(input)];
        if (users.empty() || users.back() != id) users.push_back(id);
      }
    }
    for (const ir::ValueId output : graph.outputs()) is_output_[static_cast<size_t>(output)] = true;
  }

  // Nodes that read the value, each once, in execution order; none of a value that is newer than this.
  const std::vector<ir::NodeId>& of(ir::ValueId id) const {
    static const std::vector<ir::NodeId> kNone;
    return static_cast<size_t>(id) < users_.size() ? users_[static_cast<size_t>(id)] : kNone;
  }
  bool is_output(ir::ValueId id) const {
    return static_cast<size_t>(id) < is_output_.size() && is_output_[static_cast<size_t>(id)];
  }
  // The only reader, where there is one and the value is no graph output; else kNone.
  ir::NodeId only(ir::ValueId id) const { return of(id).size() == 1 && !is_output(id) ? of(id)[0] : ir::NodeId::kNone; }

 private:
  std::vector<std::vector<ir::NodeId>> users_;
  std::vector<bool> is_output_;
};

}  // namespace tmc::opt
