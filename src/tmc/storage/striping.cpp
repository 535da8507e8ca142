// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/storage/striping.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <span>

#include "tmc/storage/best_fit.hpp"
#include "tmc/storage/constraints.hpp"
#include "tmc/storage/order.hpp"
#include "tmc/storage/search.hpp"
#include "tmc/storage/striping/groups.hpp"

namespace tmc::storage {
namespace {

using program::Program;

constexpr double kAnyPrice = std::numeric_limits<double>::infinity();
// Placements, and those in a row that are not better.
constexpr int kMaxTries = 64;
constexpr int kPatience = 4;
// Of a placement that only says what a plan is worth.
constexpr int64_t kMaxChecks = 200'000;

double bytes_of(int64_t blocks) {
  return static_cast<double>(blocks * program::kAlignBytes);
}

Problem problem_of(const Program& program, bool overlap) {
  const Uses uses = find_uses(program, overlap);
  std::vector<int32_t> buffers(uses.buffer_blocks.size());
  std::iota(buffers.begin(), buffers.end(), 0);
  return make_problem(uses, given_order(uses), buffers);
}

int64_t placed_blocks(const Problem& problem) {
  const SearchResult found = search(problem, best_fit(problem), kMaxChecks);
  return peak_of(problem, found.offsets);
}

// From the last group to the first, so that the steps of the others keep their numbers.
std::optional<Program> with_cover(const Program& plain, const Cover& cover, std::span<const std::string> isa) {
  std::optional<Program> striped = plain;
  for (auto choice = cover.choices.rbegin(); choice != cover.choices.rend(); ++choice) {
    striped = with_stripes(*striped, choice->stripes, isa);
    if (!striped) break;
  }
  return striped;
}

class StripeSearch {
 public:
  StripeSearch(const Program& plain, const StripeOptions& options)
      : plain_(plain), options_(options), groups_(plain, options) {
    const Problem problem = problem_of(plain, options.overlap);
    best_rank_ = rank(placed_blocks(problem), 0);
  }

  // nullopt: nothing is better than the plain program.
  std::optional<Program> run() {
    if (!options_.price) come_within_limit();
    if (options_.price || !is_within_limit()) try_front();
    try_neighbours();
    return std::move(best_);
  }

 private:
  // What makes one program better than another one: the lesser rank.
  using Rank = std::array<double, 3>;

  Rank rank(int64_t blocks, double price) const {
    const double bytes = bytes_of(blocks);
    if (options_.price) return {std::log(std::max(bytes, 1.0)) + price, bytes, 0};
    return {std::max(bytes - static_cast<double>(options_.arena_bytes), 0.0), price, bytes};
  }
  // That of a placement without gaps.
  Rank estimate(const Cover& cover) const { return rank(cover.blocks(), cover.price); }

  // What a plan may cost if it is to be better than one of this rank: without a gap, and with the least memory.
  double max_price(const Rank& other) const {
    return options_.price ? other.front() - rank(groups_.floor_blocks(), 0).front() : kAnyPrice;
  }

  bool can_be_best(const Cover& cover) const { return tries_ < kMaxTries && estimate(cover) < best_rank_; }

  bool is_within_limit() const { return best_rank_.front() == 0; }

  // From one to the next the more expensive groups. Placements keep to the limit at last, because the fewer rows lie
  // around the smaller are their gaps.
  void come_within_limit() {
    const int64_t limit = std::min(options_.arena_bytes / program::kAlignBytes, groups_.peak_blocks() - 1);
    auto cover = groups_.cheapest({limit, limit}, kAnyPrice);
    while (cover && tries_ < kMaxTries / 2 && !is_within_limit()) {
      try_cover(*cover);
      const int64_t lower = cover->needed.group_blocks - 1;
      cover = groups_.cheapest({std::max(cover->needed.step_blocks, lower), lower}, kAnyPrice);
    }
  }

  // Those that nothing beats in both memory and price.
  std::vector<Cover> front() {
    std::vector<Cover> covers;
    Rank least = best_rank_;
    int64_t limit = groups_.peak_blocks() - 1;
    while (auto cover = groups_.cheapest({limit, limit}, max_price(least))) {
      limit = cover->blocks() - 1;
      least = std::min(least, estimate(*cover));
      covers.push_back(std::move(*cover));
    }
    return covers;
  }

  void try_front() {
    std::vector<Cover> covers = front();
    std::ranges::stable_sort(covers, {}, [this](const Cover& cover) { return estimate(cover); });
    for (Cover& cover : covers) try_deeper(std::move(cover));
  }

  // Where a step that runs whole needs most, groups that need less than they have to leave smaller gaps.
  void try_deeper(std::optional<Cover> cover, std::span<const Choice> banned = {}) {
    for (int idle = 0; cover && idle < kPatience && can_be_best(*cover);) {
      idle = try_cover(*cover) ? 0 : idle + 1;
      const Limits& needed = cover->needed;
      if (needed.group_blocks > needed.step_blocks) return;
      cover = groups_.cheapest({needed.step_blocks, needed.group_blocks - 1}, max_price(best_rank_), banned);
    }
  }

  // In place of each group of the best cover others around it.
  void try_neighbours() {
    const Cover cover = best_cover_;
    for (const Choice& choice : cover.choices) {
      std::vector<Choice> banned = {choice};
      for (int idle = 0; idle < kPatience && can_be_best(cover); ++idle) {
        const Limits limits{cover.blocks(), cover.blocks()};
        const auto other = groups_.cheapest(limits, max_price(best_rank_), banned);
        if (!other) break;
        try_deeper(other, banned);
        for (const Choice& each : other->choices) {
          if (each.stripes.first <= choice.stripes.last && choice.stripes.first <= each.stripes.last) {
            banned.push_back(each);
          }
        }
      }
    }
  }

  // Whether it is better than all before.
  bool try_cover(const Cover& cover) {
    ++tries_;
    auto striped = with_cover(plain_, cover, options_.isa);
    if (!striped) return false;
    const double price = price_of(options_, plain_, *striped);
    const Problem problem = problem_of(*striped, options_.overlap);
    if (rank(problem.lower_bound, price) >= best_rank_) return false;
    const Rank placed = rank(placed_blocks(problem), price);
    if (placed >= best_rank_) return false;
    best_rank_ = placed;
    best_cover_ = cover;
    best_ = std::move(striped);
    return true;
  }

  const Program& plain_;
  const StripeOptions& options_;
  Groups groups_;
  int tries_ = 0;
  Rank best_rank_{};
  Cover best_cover_;
  std::optional<Program> best_;
};

}  // namespace

Program in_stripes(Program program, const StripeOptions& options) {
  if (program.steps.empty()) return program;
  // Not needed to plan, and too large to be copied with every attempt.
  std::vector<program::Constant> constants = std::move(program.constants);
  program.constants.clear();
  if (auto striped = StripeSearch(program, options).run()) program = std::move(*striped);
  program.constants = std::move(constants);
  return program;
}

}  // namespace tmc::storage
