// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/storage/constraints.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace tmc::storage {
namespace {

using SegmentPair = std::pair<int32_t, int32_t>;  // input, output
using Windows = std::map<SegmentPair, const Window*>;

// Windows that hold under this order: the input dies and the output is born at their step.
Windows open_windows(const Uses& uses, std::span<const int32_t> order, const std::vector<Life>& lives) {
  Windows open;
  for (size_t i = 0; i < order.size(); ++i) {
    const auto position = static_cast<int32_t>(i);
    for (const Window& window : uses.steps[static_cast<size_t>(order[i])].windows) {
      if (lives[static_cast<size_t>(window.input)].last == position &&
          lives[static_cast<size_t>(window.output)].first == position) {
        open[{window.input, window.output}] = &window;
      }
    }
  }
  return open;
}

// Distances offset(buffer of b) - offset(buffer of a) at which the two segments intersect.
Range intersecting(const Segment& a, const Segment& b) {
  return {a.blocks.begin - b.blocks.end + 1, a.blocks.end - b.blocks.begin - 1};
}

Range mirrored(const Range& range) {
  return {-range.high, -range.low};
}

void push(std::vector<Range>& ranges, const Range& range) {
  if (range.low <= range.high) ranges.push_back(range);
}

std::vector<Range> merged(std::vector<Range> ranges) {
  std::ranges::sort(ranges, {}, &Range::low);
  std::vector<Range> result;
  for (const Range& range : ranges) {
    if (!result.empty() && range.low <= result.back().high + 1) {
      result.back().high = std::max(result.back().high, range.high);
    } else {
      result.push_back(range);
    }
  }
  return result;
}

// Appends the distances that two segments of different buffers, alive at the same time, forbid.
void forbid(const Segment& a, const Segment& b, const Window* a_into_b, const Window* b_into_a,
            std::vector<Range>& forbidden) {
  const Range all = intersecting(a, b);
  if (!a_into_b && !b_into_a) return push(forbidden, all);
  const Range allowed = a_into_b ? Range{a_into_b->low, a_into_b->high} : mirrored({b_into_a->low, b_into_a->high});
  push(forbidden, {all.low, std::min(all.high, allowed.low - 1)});
  push(forbidden, {std::max(all.low, allowed.high + 1), all.high});
}

const Window* find(const Windows& windows, int32_t input, int32_t output) {
  const auto found = windows.find({input, output});
  return found == windows.end() ? nullptr : found->second;
}

}  // namespace

Problem make_problem(const Uses& uses, std::span<const int32_t> order, std::span<const int32_t> buffers) {
  Problem problem;
  std::vector<int32_t> number(uses.buffer_blocks.size(), -1);
  std::vector<bool> in_region(uses.buffer_blocks.size());
  for (const int32_t buffer : buffers) {
    number[static_cast<size_t>(buffer)] = static_cast<int32_t>(problem.sizes.size());
    in_region[static_cast<size_t>(buffer)] = true;
    problem.sizes.push_back(uses.buffer_blocks[static_cast<size_t>(buffer)]);
  }
  problem.lower_bound = lower_bound_blocks(uses, order, in_region);
  problem.pairs_of.resize(problem.sizes.size());
  problem.lives.resize(problem.sizes.size(), {static_cast<int32_t>(order.size()), -1});

  const std::vector<Life> lives = find_lives(uses, order);
  const Windows windows = open_windows(uses, order, lives);
  std::map<std::pair<int32_t, int32_t>, std::vector<Range>> forbidden;
  const auto segment_count = static_cast<int32_t>(uses.segments.size());
  for (int32_t v = 0; v < segment_count; ++v) {
    const Segment& b = uses.segments[static_cast<size_t>(v)];
    const int32_t b_number = number[static_cast<size_t>(b.buffer)];
    if (b_number < 0) continue;
    Life& whole = problem.lives[static_cast<size_t>(b_number)];
    whole.first = std::min(whole.first, lives[static_cast<size_t>(v)].first);
    whole.last = std::max(whole.last, lives[static_cast<size_t>(v)].last);
    for (int32_t u = 0; u < v; ++u) {  // segments are sorted by buffer, so that a's number is below b's
      const Segment& a = uses.segments[static_cast<size_t>(u)];
      const int32_t a_number = number[static_cast<size_t>(a.buffer)];
      if (a_number < 0 || a_number == b_number) continue;
      if (!lives[static_cast<size_t>(u)].intersects(lives[static_cast<size_t>(v)])) continue;
      forbid(a, b, find(windows, u, v), find(windows, v, u), forbidden[{a_number, b_number}]);
    }
  }
  for (auto& [ends, ranges] : forbidden) {
    if (ranges.empty()) continue;
    for (const int32_t end : {ends.first, ends.second}) {
      problem.pairs_of[static_cast<size_t>(end)].push_back(static_cast<int32_t>(problem.pairs.size()));
    }
    problem.pairs.push_back({ends.first, ends.second, merged(std::move(ranges))});
  }
  return problem;
}

int64_t peak_of(const Problem& problem, std::span<const int64_t> offsets) {
  int64_t peak = 0;
  for (size_t i = 0; i < offsets.size(); ++i) peak = std::max(peak, offsets[i] + problem.sizes[i]);
  return peak;
}

bool is_feasible(const Problem& problem, std::span<const int64_t> offsets) {
  return std::ranges::all_of(problem.pairs, [&](const Pair& pair) {
    const int64_t distance = offsets[static_cast<size_t>(pair.b)] - offsets[static_cast<size_t>(pair.a)];
    return std::ranges::none_of(pair.forbidden,
                                [&](const Range& range) { return range.low <= distance && distance <= range.high; });
  });
}

}  // namespace tmc::storage
