// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Which groups of steps to run in stripes so that no step needs more than it may: a shortest path along the steps.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "tmc/storage/stripes.hpp"

namespace tmc::storage {

// A group of steps in stripes.
struct Choice {
  Stripes stripes;
  int64_t blocks = 0;  // that its steps need
  double price = 0;    // at least 0
};

// Of what a step needs that runs whole, and of what one needs that runs in a group.
struct Limits {
  int64_t step_blocks = 0;
  int64_t group_blocks = 0;
};

struct Cover {
  std::vector<Choice> choices;  // disjoint, in the order of the steps
  Limits needed;
  double price = 0;  // of all choices
  int64_t blocks() const { return std::max(needed.step_blocks, needed.group_blocks); }
};

// The cheapest. `live_blocks` are those of the steps when they run whole; `choices` come by their first step. nullopt:
// there is none.
std::optional<Cover> cheapest_cover(std::span<const int64_t> live_blocks, std::span<const Choice> choices,
                                    const Limits& limits);

}  // namespace tmc::storage
