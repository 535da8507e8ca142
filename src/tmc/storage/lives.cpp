// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/storage/lives.hpp"

namespace tmc::storage {

std::vector<Life> find_lives(const Uses& uses, std::span<const int32_t> order) {
  const auto step_count = static_cast<int32_t>(order.size());
  std::vector<int32_t> position(order.size());
  for (int32_t i = 0; i < step_count; ++i) position[static_cast<size_t>(order[static_cast<size_t>(i)])] = i;
  std::vector<Life> lives;
  for (const Segment& segment : uses.segments) {
    Life life{segment.at_start ? -1 : step_count, segment.at_end ? step_count : -1};
    for (const int32_t step : segment.users) {
      life.first = std::min(life.first, position[static_cast<size_t>(step)]);
      life.last = std::max(life.last, position[static_cast<size_t>(step)]);
    }
    lives.push_back(life);
  }
  return lives;
}

std::vector<int64_t> live_blocks(const Uses& uses, std::span<const int32_t> order, const std::vector<bool>& in_region) {
  const std::vector<Life> lives = find_lives(uses, order);
  const auto life = [&](int32_t segment) { return lives[static_cast<size_t>(segment)]; };
  const auto counts = [&](int32_t segment) {
    return in_region[static_cast<size_t>(uses.segments[static_cast<size_t>(segment)].buffer)];
  };
  // live[i + 1]: change of the live blocks at position i, then their sum.
  std::vector<int64_t> live(order.size() + 3);
  for (size_t i = 0; i < lives.size(); ++i) {
    if (!counts(static_cast<int32_t>(i))) continue;
    live[static_cast<size_t>(lives[i].first + 1)] += uses.segments[i].blocks.size();
    live[static_cast<size_t>(lives[i].last + 2)] -= uses.segments[i].blocks.size();
  }
  live.pop_back();
  for (size_t i = 1; i < live.size(); ++i) live[i] += live[i - 1];
  for (size_t i = 0; i < order.size(); ++i) {
    const auto position = static_cast<int32_t>(i);
    live[i + 1] -= most_shared(
        uses, order[i], [&](int32_t segment) { return counts(segment) && life(segment).first == position; },
        [&](int32_t segment) { return counts(segment) && life(segment).last == position; });
  }
  return live;
}

int64_t lower_bound_blocks(const Uses& uses, std::span<const int32_t> order, const std::vector<bool>& in_region) {
  return std::ranges::max(live_blocks(uses, order, in_region));
}

}  // namespace tmc::storage
