// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Inputs and outputs of the step of a stream (frontend/common/decoder.hpp), and what is made of these inputs alone.

#include <map>
#include <tuple>
#include <vector>

#include "tmc/opt/decoder/past_graph.hpp"

namespace tmc::opt {

class StepPorts {
 public:
  // Adds the inputs `tokens` and `cache` to the graph, which outlives this.
  StepPorts(ir::Graph& step, const PastGraph& past, const Stream& stream);

  ir::ValueId place() const { return place_; }
  // Tokens and their positions, in the type and shape of another graph's value, and with its name.
  Result<ir::ValueId> tokens(const ir::Value& as);
  Result<ir::ValueId> positions(const ir::Value& as);
  // Cosines or sines, one for all layers that have the same. `window` is that of ops::RotaryAngles.
  Result<ir::ValueId> angles(const std::vector<int64_t>& steps, bool sine, int64_t window);

  // A state that begins empty, and how many there are.
  ir::ValueId add_cache(const std::string& name, int64_t width);
  size_t caches() const { return states_.size(); }
  // What the newest caches become.
  void set_written(const std::vector<ir::ValueId>& written);
  // The logits, and behind them the caches.
  void add_outputs(ir::ValueId logits);

 private:
  struct State {
    size_t input;
    ir::ValueId written, empty;
  };

  Result<ir::ValueId> in_type_of(const ir::Value& as, ir::ValueId id);

  ir::Graph& step_;
  const int64_t block_, window_;
  const ir::ValueId tokens_, place_;
  std::map<std::tuple<std::vector<int64_t>, bool, int64_t>, ir::ValueId> angles_;
  std::map<int64_t, ir::ValueId> empty_;  // caches, by their width
  std::vector<State> states_;
};

}  // namespace tmc::opt
