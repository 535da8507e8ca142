// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/storage/best_fit.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

namespace tmc::storage {
namespace {

constexpr int64_t kOpen = -1;

enum class Fit { kLowest, kTightest };

class Placer {
 public:
  Placer(const Problem& problem, Fit fit) : problem_(problem), fit_(fit), offsets_(problem.sizes.size(), kOpen) {}

  void place(int32_t x) {
    const int64_t offset = choose(forbidden(x), problem_.sizes[static_cast<size_t>(x)]);
    offsets_[static_cast<size_t>(x)] = offset;
    peak_ = std::max(peak_, offset + problem_.sizes[static_cast<size_t>(x)]);
  }
  std::vector<int64_t> take() { return std::move(offsets_); }

 private:
  // Offsets that the buffers placed so far rule out, ascending.
  std::vector<Range> forbidden(int32_t x) const {
    std::vector<Range> ranges;
    for (const int32_t index : problem_.pairs_of[static_cast<size_t>(x)]) {
      const Pair& pair = problem_.pairs[static_cast<size_t>(index)];
      const int64_t other = offsets_[static_cast<size_t>(x == pair.a ? pair.b : pair.a)];
      if (other == kOpen) continue;
      for (const Range& range : pair.forbidden) ranges.push_back(forbidden_offsets(pair, range, x, other));
    }
    std::ranges::sort(ranges, {}, &Range::low);
    return ranges;
  }

  // The lowest allowed offset, or the lowest of the shortest run of allowed offsets that keeps the peak.
  int64_t choose(const std::vector<Range>& ranges, int64_t size) const {
    int64_t next = 0;  // the lowest offset not yet ruled out
    int64_t best = kOpen;
    int64_t best_run = 0;
    for (const Range& range : ranges) {
      const int64_t run = range.low - next;
      if (run > 0) {
        if (fit_ == Fit::kLowest) return next;
        if (next + size <= peak_ && (best == kOpen || run < best_run)) {
          best = next;
          best_run = run;
        }
      }
      next = std::max(next, range.high + 1);
    }
    return best == kOpen ? next : best;
  }

  const Problem& problem_;
  Fit fit_;
  std::vector<int64_t> offsets_;
  int64_t peak_ = 0;
};

// Sort keys; the largest comes first.
using Key = std::function<int64_t(size_t)>;

std::vector<int32_t> sorted_by(const Problem& problem, const Key& key) {
  std::vector<int32_t> order(problem.sizes.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, std::greater<>(), [&](int32_t x) { return key(static_cast<size_t>(x)); });
  return order;
}

}  // namespace

std::vector<int64_t> best_fit(const Problem& problem) {
  const auto size = [&](size_t x) { return problem.sizes[x]; };
  const auto steps = [&](size_t x) { return int64_t{problem.lives[x].last} - problem.lives[x].first + 1; };
  const Key keys[] = {size, [&](size_t x) { return size(x) * steps(x); }, steps,
                      [&](size_t x) { return -int64_t{problem.lives[x].first}; },
                      [&](size_t x) { return int64_t{problem.lives[x].last}; }};
  std::vector<int64_t> best;
  for (const Key& key : keys) {
    for (const Fit fit : {Fit::kLowest, Fit::kTightest}) {
      Placer placer(problem, fit);
      for (const int32_t x : sorted_by(problem, key)) placer.place(x);
      std::vector<int64_t> offsets = placer.take();
      if (best.empty() || peak_of(problem, offsets) < peak_of(problem, best)) best = std::move(offsets);
    }
  }
  return best;
}

}  // namespace tmc::storage
