// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A graph that computes a window of frames, rewritten to take the newest frames alone: what it still needs of those
// before becomes states, and nothing is computed twice. From the run on that completes the first window, outputs are
// bit for bit those of the whole graph over the last window; an output that has frames itself has the newest of them.
//
// From the input on, every value that has time as an axis is followed as far as operators keep frames apart. What reads
// several frames (a convolution, a pool) gets as many of the past as its window overlaps with the one before; what
// needs all of them (a mean over time, a flattening, attention) gets the whole window of its operands, each of which
// is a state as well, and from there on the graph is as it was.

#include <map>
#include <string>
#include <vector>

#include "tmc/ir/graph.hpp"

namespace tmc::opt {

struct TimeSteps {
  std::map<std::string, int64_t> axes;  // of time, by the name of the input; "" where the graph has but one
  int64_t frames = 1;                   // new in every run
};

// What is left for the caller to say, in whole sentences: where the past is in a place in which the whole graph has
// padding, and recurrent layers that run over the whole window each time.
// Errors: kBadUsage for an input or an axis that there is not, too many frames, a graph that has states already, and
// layers that cannot run so, by name with what to change: padding behind the last frame, and strides of which the
// frames are no multiple.
Result<std::vector<std::string>> step_over_time(ir::Graph& graph, const TimeSteps& steps);

}  // namespace tmc::opt
