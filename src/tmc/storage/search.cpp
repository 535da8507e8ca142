// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/storage/search.hpp"

#include <algorithm>
#include <utility>

#include "tmc/storage/difference_graph.hpp"

namespace tmc::storage {
namespace {

constexpr int64_t kShares = 8;  // one capacity gets this part of the checks at most

enum class Answer { kFits, kDoesNotFit, kUnknown };

// Depth first; every conflict is tried the way that raises less, then the other way.
Answer fits(DifferenceGraph& graph, int64_t capacity, int64_t max_checks) {
  struct Branch {
    DifferenceGraph::Conflict conflict;
    bool above;
    size_t mark;
  };
  std::vector<Branch> open;  // decisions whose other way has not been tried
  bool possible = graph.reset(capacity);
  while (true) {
    if (graph.checks() > max_checks) return Answer::kUnknown;
    if (possible) {
      const auto conflict = graph.find_conflict();
      if (!conflict) return Answer::kFits;
      const bool above = conflict->raise_above <= conflict->raise_below;
      open.push_back({*conflict, above, graph.mark()});
      possible = graph.decide(*conflict, above);
    } else {
      if (open.empty()) return Answer::kDoesNotFit;
      const Branch branch = open.back();
      open.pop_back();
      graph.undo_to(branch.mark);
      possible = graph.decide(branch.conflict, !branch.above);
    }
  }
}

}  // namespace

SearchResult search(const Problem& problem, std::vector<int64_t> start, int64_t max_checks) {
  SearchResult result{std::move(start), problem.lower_bound};
  int64_t peak = peak_of(problem, result.offsets);
  if (result.lower_bound < peak) {
    DifferenceGraph graph(problem);
    int64_t least = result.lower_bound;  // smaller capacities are refuted or were given up
    int64_t capacity = least;            // most networks have a placement that meets the bound
    while (least < peak && graph.checks() < max_checks) {
      const Answer answer = fits(graph, capacity, graph.checks() + max_checks / kShares);
      if (answer == Answer::kFits) {
        result.offsets = graph.least_offsets();
        peak = peak_of(problem, result.offsets);
      } else {
        least = capacity + 1;
        if (answer == Answer::kDoesNotFit) result.lower_bound = std::max(result.lower_bound, least);
      }
      capacity = least + (peak - least) / 2;
    }
  }
  result.optimal = result.lower_bound == peak;
  return result;
}

}  // namespace tmc::storage
