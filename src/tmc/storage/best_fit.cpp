// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/storage/best_fit.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <numeric>
#include <utility>

namespace tmc::storage {
namespace {

using program::kOpen;

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

std::vector<int64_t> placed(const Problem& problem, const std::vector<int32_t>& order, Fit fit) {
  Placer placer(problem, fit);
  for (const int32_t x : order) placer.place(x);
  return placer.take();
}

struct Attempt {
  std::vector<int32_t> order;
  Fit fit = Fit::kLowest;
  std::vector<int64_t> offsets;
  int64_t peak = 0;
};

Attempt attempt(const Problem& problem, std::vector<int32_t> order, Fit fit) {
  Attempt result{std::move(order), fit, {}};
  result.offsets = placed(problem, result.order, fit);
  result.peak = peak_of(problem, result.offsets);
  return result;
}

// Squeaky wheel optimisation (Joslin and Clements, 1999): what ended on top is placed earlier the next time.
void promote_highest(const Problem& problem, Attempt& last) {
  const auto begin = last.order.begin();
  for (ptrdiff_t i = 1; i < std::ssize(last.order); ++i) {
    const auto x = static_cast<size_t>(begin[i]);
    if (last.offsets[x] + problem.sizes[x] == last.peak) std::rotate(begin + i / 2, begin + i, begin + i + 1);
  }
}

// Mends the order until the bound is met or some rounds in a row bring nothing. The smallest placement on the way.
Attempt improved(const Problem& problem, Attempt first) {
  constexpr int kPatience = 16;
  constexpr int64_t kMaxPairs = 200'000;  // of all rounds: those of large problems take longer
  const int64_t max_rounds = kMaxPairs / static_cast<int64_t>(problem.pairs.size() + 1);
  Attempt best = first;
  Attempt last = std::move(first);
  int idle_rounds = 0;
  for (int64_t round = 0; round < max_rounds && idle_rounds < kPatience; ++round) {
    if (best.peak == problem.lower_bound) break;
    promote_highest(problem, last);
    last = attempt(problem, std::move(last.order), last.fit);
    ++idle_rounds;
    if (last.peak >= best.peak) continue;
    best = last;
    idle_rounds = 0;
  }
  return best;
}

}  // namespace

std::vector<int64_t> best_fit(const Problem& problem) {
  const auto size = [&](size_t x) { return problem.sizes[x]; };
  const auto steps = [&](size_t x) { return int64_t{problem.lives[x].last} - problem.lives[x].first + 1; };
  const Key keys[] = {size, [&](size_t x) { return size(x) * steps(x); }, steps,
                      [&](size_t x) { return -int64_t{problem.lives[x].first}; },
                      [&](size_t x) { return int64_t{problem.lives[x].last}; }};
  Attempt best;
  for (const Key& key : keys) {
    for (const Fit fit : {Fit::kLowest, Fit::kTightest}) {
      Attempt next = improved(problem, attempt(problem, sorted_by(problem, key), fit));
      if (best.order.empty() || next.peak < best.peak) best = std::move(next);
      if (best.peak == problem.lower_bound) return best.offsets;
    }
  }
  return best.offsets;
}

}  // namespace tmc::storage
