// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What an operator does to the frames of its operands, where it keeps them apart.

#include <optional>
#include <span>

#include "tmc/ir/graph.hpp"

namespace tmc::opt {

// A value that has time as an axis, and of which a run makes only the newest frames.
struct Frames {
  int axis;
  int64_t window;  // frames that the value has in the whole graph
  int64_t fresh;   // new in each run; at most the window
  friend bool operator==(const Frames& a, const Frames& b) {
    return a.axis == b.axis && a.window == b.window && a.fresh == b.fresh;
  }
};

// The same operator over frames.
struct FrameRule {
  std::optional<ir::AnyOp> op = {};  // none: the node needs the whole window
  int axis = 0;                      // of time in its outputs
  int64_t past = 0;   // frames of the first operand that it reads before the fresh ones; below 0, what it does not read
  int64_t every = 1;  // it reads one in so many of these and the fresh ones
  bool past_of_zeros = false;  // where the whole graph has padding before the first frame
};

// Of a node of the whole graph, whose types are what they were; `frames` has an entry for each input, none for those
// that do not depend on time. At least one does.
Result<FrameRule> frame_rule(const ir::Graph& graph, const ir::Node& node,
                             std::span<const std::optional<Frames>> frames);

}  // namespace tmc::opt
