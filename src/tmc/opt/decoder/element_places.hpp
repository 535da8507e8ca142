// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Where each element of a value comes from, through everything that only moves elements, concatenations among it: so
// what a cache holds can be told whichever way an exporter stacked, split and turned it. For values that are small.

#include <map>
#include <vector>

#include "tmc/ir/graph.hpp"

namespace tmc::opt {

class ElementPlaces {
 public:
  explicit ElementPlaces(const ir::Graph& graph) : graph_(graph) {}

  // An element, by its row-major index, of a value that no move made.
  struct Place {
    ir::ValueId value = ir::ValueId::kNone;
    int64_t element = 0;
    friend bool operator==(const Place& a, const Place& b) { return a.value == b.value && a.element == b.element; }
  };
  // Of all elements of the value, row by row. What lies behind more moves than any exporter writes is not looked for.
  const std::vector<Place>& of(ir::ValueId id);

 private:
  const ir::Graph& graph_;
  std::map<ir::ValueId, std::vector<Place>> known_;
  int depth_ = 0;
};

}  // namespace tmc::opt
