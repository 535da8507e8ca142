// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The masks of scores as an attention operator takes them: a triangle as an attribute, everything else as a value that
// broadcasts to [batch, heads, queries, keys].

#include "tmc/ops/op/attention.hpp"
#include "tmc/opt/attention/scores.hpp"

namespace tmc::opt {

// What masks are over: extents whose product are the scores' elements, outermost first.
struct ScoreAxes {
  int64_t batch, heads, queries, keys;
};

struct Mask {
  bool possible = false;                   // whether an operator has these masks
  ir::ValueId value = ir::ValueId::kNone;  // kNone: none is left
};

// Sets `causal`, `position` and `left_window` of the operator, and appends what makes the mask before node `before`.
// Nothing is appended where it is not possible.
Result<Mask> make_mask(ir::Graph& graph, ir::NodeId before, const Scores& scores, const ScoreAxes& axes,
                       ops::Attention& op);

}  // namespace tmc::opt
