// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/storage/cliques.hpp"

#include <algorithm>
#include <functional>

namespace tmc::storage {
namespace {

bool never_intersect(const Problem& problem, int32_t x, int32_t y) {
  return std::ranges::any_of(problem.pairs_of[static_cast<size_t>(x)], [&](int32_t index) {
    const Pair& pair = problem.pairs[static_cast<size_t>(index)];
    if (pair.a != y && pair.b != y) return false;
    return pair.forbidden.size() == 1 && pair.forbidden.front().low == 1 - problem.sizes[static_cast<size_t>(pair.b)] &&
           pair.forbidden.front().high == problem.sizes[static_cast<size_t>(pair.a)] - 1;
  });
}

// Takes the buffers in turn, where each fits those taken before.
Clique greedy_clique(const Problem& problem, const std::vector<int32_t>& buffers) {
  Clique clique;
  for (const int32_t x : buffers) {
    if (std::ranges::all_of(clique, [&](int32_t y) { return never_intersect(problem, x, y); })) clique.push_back(x);
  }
  std::ranges::sort(clique);
  return clique;
}

}  // namespace

std::vector<Clique> find_cliques(const Problem& problem) {
  std::vector<Clique> cliques;
  const auto add = [&](Clique clique) {
    const auto holds_it = [&](const Clique& other) { return std::ranges::includes(other, clique); };
    if (clique.size() < 3 || std::ranges::any_of(cliques, holds_it)) return;
    std::erase_if(cliques, [&](const Clique& other) { return std::ranges::includes(clique, other); });
    cliques.push_back(std::move(clique));
  };
  for (const Life& now : problem.lives) {  // a largest set of living buffers begins where one is born
    std::vector<int32_t> living;
    for (size_t i = 0; i < problem.lives.size(); ++i) {
      const Life& life = problem.lives[i];
      if (life.first <= now.first && now.first <= life.last) living.push_back(static_cast<int32_t>(i));
    }
    // With what was there before the step, and with what is there after it: inputs or outputs of its windows.
    std::ranges::stable_sort(living, {}, [&](int32_t x) { return problem.lives[static_cast<size_t>(x)].first; });
    add(greedy_clique(problem, living));
    std::ranges::stable_sort(living, std::greater<>(),
                             [&](int32_t x) { return problem.lives[static_cast<size_t>(x)].last; });
    add(greedy_clique(problem, living));
  }
  return cliques;
}

}  // namespace tmc::storage
