// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/storage/storage.hpp"

#include <algorithm>

#include "tmc/storage/best_fit.hpp"
#include "tmc/storage/constraints.hpp"
#include "tmc/storage/order.hpp"
#include "tmc/storage/search.hpp"

namespace tmc::storage {
namespace {

using program::Program;

constexpr int64_t kBlockBytes = program::kAlignBytes;

std::vector<std::vector<int32_t>> buffers_by_region(const Program& program) {
  std::vector<std::vector<int32_t>> result(program.regions.size());
  for (size_t i = 0; i < program.buffers.size(); ++i) {
    result[static_cast<size_t>(program.buffers[i].region)].push_back(static_cast<int32_t>(i));
  }
  return result;
}

void place_apart(Program& program) {
  for (program::Region& region : program.regions) region.used_bytes = 0;
  for (program::Buffer& buffer : program.buffers) {
    int64_t& used_bytes = program.regions[static_cast<size_t>(buffer.region)].used_bytes;
    buffer.offset = used_bytes;
    used_bytes += to_blocks(buffer.bytes) * kBlockBytes;
  }
  program.plan = {.method = "no sharing", .lower_bound_bytes = program.regions.front().used_bytes};
}

struct RegionPlan {
  std::vector<int64_t> offsets;  // of the region's buffers, in blocks
  int64_t peak_blocks = 0;
  int64_t lower_bound_blocks = 0;
  bool searched = false;  // the offsets are the search's
};

struct Plan {
  std::vector<int32_t> order;
  std::vector<RegionPlan> regions;
  int64_t total_blocks() const {
    int64_t blocks = 0;
    for (const RegionPlan& region : regions) blocks += region.peak_blocks;
    return blocks;
  }
};

RegionPlan plan_region(const Problem& problem, int64_t max_checks) {
  const std::vector<int64_t> greedy = best_fit(problem);
  const int64_t greedy_blocks = peak_of(problem, greedy);
  SearchResult found = search(problem, greedy, max_checks);
  RegionPlan plan{std::move(found.offsets), 0, found.lower_bound, false};
  plan.peak_blocks = peak_of(problem, plan.offsets);
  // A search that proves the greedy placement optimal has decided as much as one that finds a smaller one.
  plan.searched = plan.peak_blocks < greedy_blocks || (found.optimal && found.lower_bound > problem.lower_bound);
  return plan;
}

Plan plan_order(const Program& program, const Uses& uses, std::vector<int32_t> order, int64_t max_checks) {
  Plan plan{std::move(order), {}};
  for (const std::vector<int32_t>& buffers : buffers_by_region(program)) {
    plan.regions.push_back(plan_region(make_problem(uses, plan.order, buffers), max_checks));
  }
  return plan;
}

// The order with the smallest lower bound as a rule has the smallest placement, but not always.
Plan best_plan(const Program& program, const Uses& uses, const StorageOptions& options) {
  const std::vector<int32_t> given = given_order(uses);
  Plan plan = plan_order(program, uses, given, options.max_search_checks);
  if (!options.reorder) return plan;
  std::vector<int32_t> other = find_order(uses, options.max_order_sets);
  if (other == given) return plan;
  Plan reordered = plan_order(program, uses, std::move(other), options.max_search_checks);
  return reordered.total_blocks() < plan.total_blocks() ? reordered : plan;
}

void place_shared(Program& program, const Plan& plan) {
  const auto buffers = buffers_by_region(program);
  for (size_t region = 0; region < buffers.size(); ++region) {
    const RegionPlan& part = plan.regions[region];
    for (size_t i = 0; i < part.offsets.size(); ++i) {
      program.buffers[static_cast<size_t>(buffers[region][i])].offset = part.offsets[i] * kBlockBytes;
    }
    program.regions[region].used_bytes = part.peak_blocks * kBlockBytes;
  }
  const RegionPlan& arena = plan.regions.front();
  program.plan = {.method = arena.searched ? "optimal search" : "best fit",
                  .lower_bound_bytes = arena.lower_bound_blocks * kBlockBytes,
                  .optimal = arena.peak_blocks == arena.lower_bound_blocks,
                  .reordered = !std::ranges::is_sorted(plan.order)};
  if (program.plan.reordered) apply_order(plan.order, program);
}

}  // namespace

Result<Program> place(Program program, const StorageOptions& options) {
  if (program.regions.empty()) program.regions.push_back({.name = "arena"});
  for (const program::Buffer& buffer : program.buffers) {
    if (buffer.region < 0 || static_cast<size_t>(buffer.region) >= program.regions.size()) {
      return error(Error::kInternal, "buffer '{}' has no region", buffer.name);
    }
  }
  if (options.sharing == Sharing::kNone) {
    place_apart(program);
  } else {
    const Uses uses = find_uses(program, options.sharing == Sharing::kOverlap);
    place_shared(program, best_plan(program, uses, options));
  }
  TMC_TRY(program::verify(program, /*placed=*/true));
  return program;
}

}  // namespace tmc::storage
