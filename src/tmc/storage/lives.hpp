// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// When segments live under a given order of the steps, and how much memory every step needs at least.

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "tmc/storage/uses.hpp"

namespace tmc::storage {

// Positions in the order, both included: -1 before the first step, the number of steps after the last.
struct Life {
  int32_t first = 0;
  int32_t last = 0;
  bool intersects(const Life& other) const { return first <= other.last && other.first <= last; }
};
// Of every segment; `order` lists the steps in execution order.
std::vector<Life> find_lives(const Uses& uses, std::span<const int32_t> order);

// The most blocks that a step's output can share with its inputs, where `born` and `dies` say whether a segment begins
// and ends its life at the step.
template <typename Born, typename Dies>
int64_t most_shared(const Uses& uses, int32_t step, const Born& born, const Dies& dies) {
  const std::vector<Window>& windows = uses.steps[static_cast<size_t>(step)].windows;
  int64_t shared = 0;
  for (auto window = windows.begin(); window != windows.end();) {
    const int32_t output = window->output;
    int64_t with_output = 0;
    for (; window != windows.end() && window->output == output; ++window) {
      if (born(output) && dies(window->input)) with_output += window->shared;
    }
    shared += std::min(with_output, uses.segments[static_cast<size_t>(output)].blocks.size());
  }
  return shared;
}

// Blocks that the segments of the buffers marked in `in_region` need at least: before the first step of the order, at
// each of them, and behind the last one.
std::vector<int64_t> live_blocks(const Uses& uses, std::span<const int32_t> order, const std::vector<bool>& in_region);

// And at the worst of these positions. No placement in this order can be smaller.
int64_t lower_bound_blocks(const Uses& uses, std::span<const int32_t> order, const std::vector<bool>& in_region);

}  // namespace tmc::storage
