// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Values that are linear in another value, element by element: made of it by moves, negations, products with constants
// or with angles, sums, differences and concatenations. Rotary positions are that in whichever way they are written:
// every element is a number times one element plus a number times another.

#include "tmc/opt/attention/angles.hpp"
#include "tmc/opt/uses.hpp"
#include "tmc/opt/view.hpp"

namespace tmc::opt {

// A number, or that times an element of angles that are known at run time (Angles).
struct Multiple {
  static constexpr int64_t kNone = -1;
  double by = 0;
  int64_t angle = kNone;
  Multiple operator-() const { return {-by, angle}; }
  friend bool operator==(const Multiple& a, const Multiple& b) { return a.by == b.by && a.angle == b.angle; }
};

// An element as the sum of one or two elements of the source, by their row-major index, times these.
struct Form {
  int64_t index[2] = {0, 0};
  Multiple factor[2] = {};
  int32_t terms = 0;
};

// For every value the one that it is made of; O(nodes).
class LinearParts {
 public:
  explicit LinearParts(const ir::Graph& graph);

  struct Part {
    ir::ValueId source = ir::ValueId::kNone;  // kNone: the value is no other's part
    bool adds = false;                        // on the way there is a sum
    bool ends = false;                        // it is used for what is no such part
  };
  // Of the node's output.
  const Part& of(ir::ValueId id) const { return parts_[static_cast<size_t>(id)]; }

 private:
  std::vector<Part> parts_;
};

// The forms of all elements of the value, which is made of `source` so; none where an element is of more than two, or
// where it is too large a work. `angles` numbers the angles in them.
std::optional<std::vector<Form>> forms_of(const ir::Graph& graph, ir::ValueId id, ir::ValueId source, Angles& angles);

}  // namespace tmc::opt
