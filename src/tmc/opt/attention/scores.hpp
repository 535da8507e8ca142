// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// From a softmax back to the product of queries and keys: the steps that exporters put between them, and forth to the
// product with the values.

#include "tmc/opt/uses.hpp"
#include "tmc/opt/view.hpp"

namespace tmc::opt {

// What one step adds to scores, or hides of them. `view` is of the mask's value by the row-major index of the scores.
struct MaskStep {
  enum Kind { kAdded, kSeenWhereTrue, kHiddenWhereTrue } kind = kAdded;
  Seen mask;
  double hidden = 0;  // what stands in place of scores that are hidden
};

struct Scores {
  ir::NodeId product = ir::NodeId::kNone;  // of queries and keys
  double scale = 1, softcap = 0;
  std::vector<MaskStep> masks;
};

// The steps before softmax node `id`, over its last axis; none where something else lies there, or somebody else reads
// a step.
std::optional<Scores> scores_before(const ir::Graph& graph, const Uses& uses, const Origins& origins, ir::NodeId id);

// The product that reads the weights of softmax node `id` on its left, and nothing else does; kNone where there is
// none. Weights that are no numbers, of rows that are hidden as a whole, may be made zeros before.
ir::NodeId product_after(const ir::Graph& graph, const Uses& uses, const Origins& origins, ir::NodeId id);

}  // namespace tmc::opt
