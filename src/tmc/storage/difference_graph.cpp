// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/storage/difference_graph.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <utility>

namespace tmc::storage {
namespace {

template <typename T>
auto& at(T& values, int32_t index) {
  return values[static_cast<size_t>(index)];
}

}  // namespace

DifferenceGraph::DifferenceGraph(const Problem& problem)
    : problem_(problem), cliques_(find_cliques(problem)), is_changed_(problem.sizes.size()) {
  for (const Pair& pair : problem.pairs) {
    Open open;
    int64_t next = -kUnbounded;
    for (const Range& range : pair.forbidden) {
      open.ranges.push_back({next, range.low - 1});
      next = range.high + 1;
    }
    open.ranges.push_back({next, kUnbounded});
    open_.push_back(std::move(open));
  }
}

bool DifferenceGraph::reset(int64_t capacity) {
  capacity_ = capacity;
  trail_.clear();
  changed_.clear();
  low_.assign(problem_.sizes.size(), 0);
  high_.clear();
  for (const int64_t size : problem_.sizes) {
    if (size > capacity) return false;
    high_.push_back(capacity - size);
  }
  for (Open& open : open_) {
    open.first = 0;
    open.last = open.ranges.size() - 1;
  }
  for (size_t i = 0; i < low_.size(); ++i) touch(static_cast<int32_t>(i));
  return propagate() && !has_overfull_clique();
}

int64_t DifferenceGraph::exchange(What what, int32_t index, int64_t value) {
  switch (what) {
    case What::kLow:
      return std::exchange(at(low_, index), value);
    case What::kHigh:
      return std::exchange(at(high_, index), value);
    case What::kFirst:
      return static_cast<int64_t>(std::exchange(at(open_, index).first, static_cast<size_t>(value)));
    case What::kLast:
      return static_cast<int64_t>(std::exchange(at(open_, index).last, static_cast<size_t>(value)));
  }
  return 0;
}

void DifferenceGraph::set(What what, int32_t index, int64_t value) {
  trail_.push_back({what, index, exchange(what, index, value)});
}

void DifferenceGraph::undo_to(size_t mark) {
  for (; trail_.size() > mark; trail_.pop_back()) {
    exchange(trail_.back().what, trail_.back().index, trail_.back().old_value);
  }
}

void DifferenceGraph::touch(int32_t buffer) {
  if (!is_changed_[static_cast<size_t>(buffer)]) changed_.push_back(buffer);
  is_changed_[static_cast<size_t>(buffer)] = true;
}

void DifferenceGraph::raise_low(int32_t buffer, int64_t value) {
  if (value <= at(low_, buffer)) return;
  set(What::kLow, buffer, value);
  touch(buffer);
}

void DifferenceGraph::lower_high(int32_t buffer, int64_t value) {
  if (value >= at(high_, buffer)) return;
  set(What::kHigh, buffer, value);
  touch(buffer);
}

// Drops the ranges of a pair's distance that the offsets no longer reach, and the offsets that none of the rest takes.
bool DifferenceGraph::narrow(int32_t index) {
  ++checks_;
  const auto [a, b] = std::pair(at(problem_.pairs, index).a, at(problem_.pairs, index).b);
  const Open& open = at(open_, index);
  size_t first = open.first;
  size_t last = open.last;
  while (first <= last && open.ranges[first].high < at(low_, b) - at(high_, a)) ++first;
  while (first <= last && open.ranges[last].low > at(high_, b) - at(low_, a)) {
    if (last-- == 0) return false;
  }
  if (first > last) return false;
  if (first != open.first) set(What::kFirst, index, static_cast<int64_t>(first));
  if (last != open.last) set(What::kLast, index, static_cast<int64_t>(last));
  const int64_t least = open.ranges[first].low;
  const int64_t most = open.ranges[last].high;
  if (least > -kUnbounded) {
    raise_low(b, at(low_, a) + least);
    lower_high(a, at(high_, b) - least);
  }
  if (most < kUnbounded) {
    raise_low(a, at(low_, b) - most);
    lower_high(b, at(high_, a) + most);
  }
  return at(low_, a) <= at(high_, a) && at(low_, b) <= at(high_, b);
}

bool DifferenceGraph::propagate() {
  bool possible = true;
  while (!changed_.empty()) {
    const int32_t buffer = changed_.back();
    changed_.pop_back();
    is_changed_[static_cast<size_t>(buffer)] = false;
    for (const int32_t pair : at(problem_.pairs_of, buffer)) possible = possible && narrow(pair);
  }
  return possible;
}

std::optional<DifferenceGraph::Conflict> DifferenceGraph::find_conflict() {
  std::optional<Conflict> tightest;
  int64_t least_room = 0;
  for (size_t index = 0; index < open_.size(); ++index) {
    const Open& open = open_[index];
    if (open.first == open.last) continue;
    ++checks_;
    const Pair& pair = problem_.pairs[index];
    const int64_t distance = at(low_, pair.b) - at(low_, pair.a);
    size_t below = open.first;
    while (open.ranges[below + 1].low <= distance) {
      if (++below == open.last) break;
    }
    if (below == open.last || distance <= open.ranges[below].high) continue;
    const int64_t raise_below = distance - open.ranges[below].high;
    const int64_t raise_above = open.ranges[below + 1].low - distance;
    const int64_t room = at(high_, pair.a) - at(low_, pair.a) + at(high_, pair.b) - at(low_, pair.b);
    if (tightest && room >= least_room) continue;
    least_room = room;
    tightest = {static_cast<int32_t>(index), below, raise_below, raise_above};
  }
  return tightest;
}

// A stack of buffers takes the room below its lowest, the sum of their sizes, and the room above its highest.
bool DifferenceGraph::has_overfull_clique() {
  for (Clique& clique : cliques_) {
    checks_ += std::ssize(clique);
    std::ranges::sort(clique, std::greater<>(), [&](int32_t x) { return at(low_, x); });
    int64_t blocks = 0;
    int64_t above = capacity_;
    for (const int32_t x : clique) {
      blocks += at(problem_.sizes, x);
      above = std::min(above, capacity_ - at(high_, x) - at(problem_.sizes, x));
      if (at(low_, x) + blocks + above > capacity_) return true;
    }
  }
  return false;
}

bool DifferenceGraph::decide(const Conflict& conflict, bool above) {
  if (above) {
    set(What::kFirst, conflict.pair, static_cast<int64_t>(conflict.below + 1));
  } else {
    set(What::kLast, conflict.pair, static_cast<int64_t>(conflict.below));
  }
  const bool possible = narrow(conflict.pair);
  return propagate() && possible && !has_overfull_clique();
}

}  // namespace tmc::storage
