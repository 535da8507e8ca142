// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cosines and sines that are known at run time only: computed of positions that are given, or looked up at them in a
// table. Rotary positions multiply with each of them in several places; which elements are one and the same is told by
// how they are made.

#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include "tmc/ir/graph.hpp"

namespace tmc::opt {

// Whether the value is made of cosines or sines, or of rows of a constant table, by moves and numbers alone.
bool are_angles(const ir::Graph& graph, ir::ValueId id);

class Angles {
 public:
  explicit Angles(const ir::Graph& graph) : graph_(graph) {}

  // A number for each element of the value, row by row; elements with the same number are equal. Null where it is too
  // large a work.
  const std::vector<int64_t>* of(ir::ValueId id);

  // Where an element of that number lies.
  struct Place {
    ir::ValueId value = ir::ValueId::kNone;
    int64_t element = 0;
  };
  const Place& place(int64_t number) const { return places_[static_cast<size_t>(number)]; }

 private:
  using Key = std::tuple<int64_t, int64_t, int64_t>;  // what computes it, and of what

  std::optional<std::vector<int64_t>> numbered(ir::ValueId id);
  std::optional<std::vector<int64_t>> moved(const ir::Node& node);
  std::vector<int64_t> looked_up(ir::ValueId id, const ir::Node& node);
  std::vector<int64_t> computed(ir::ValueId id, const std::vector<int64_t>& of);
  int64_t number(const Key& key, Place place);

  const ir::Graph& graph_;
  std::map<ir::ValueId, std::vector<int64_t>> known_;
  std::map<Key, int64_t> numbers_;
  std::vector<Place> places_;
  int depth_ = 0;  // of what is being numbered
};

}  // namespace tmc::opt
