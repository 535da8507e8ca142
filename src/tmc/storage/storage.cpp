// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/storage/storage.hpp"

#include <algorithm>
#include <utility>

#include "tmc/storage/arena_regions.hpp"
#include "tmc/storage/best_fit.hpp"
#include "tmc/storage/constraints.hpp"
#include "tmc/storage/order.hpp"
#include "tmc/storage/search.hpp"
#include "tmc/storage/spare_scratch.hpp"
#include "tmc/storage/striping.hpp"
#include "tmc/storage/views.hpp"

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
  program.plan = {.method = "no sharing", .lower_bound_bytes = program.arena_bytes()};
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

// Steps of a loop stay together, which the search for an order knows nothing of.
bool may_reorder(const Program& program, const StorageOptions& options) {
  return options.reorder && program.loops.empty();
}

// The order with the smallest lower bound as a rule has the smallest placement, but not always.
Plan best_plan(const Program& program, const Uses& uses, const StorageOptions& options) {
  const std::vector<int32_t> given = given_order(uses);
  Plan plan = plan_order(program, uses, given, options.max_search_checks);
  if (!may_reorder(program, options)) return plan;
  std::vector<int32_t> other = find_order(uses, options.max_order_sets);
  if (other == given) return plan;
  Plan reordered = plan_order(program, uses, std::move(other), options.max_search_checks);
  return reordered.total_blocks() < plan.total_blocks() ? reordered : plan;
}

void apply_plan(Program& program, const Plan& plan) {
  const auto buffers = buffers_by_region(program);
  for (size_t region = 0; region < buffers.size(); ++region) {
    const RegionPlan& part = plan.regions[region];
    for (size_t i = 0; i < part.offsets.size(); ++i) {
      program.buffers[static_cast<size_t>(buffers[region][i])].offset = part.offsets[i] * kBlockBytes;
    }
    program.regions[region].used_bytes = part.peak_blocks * kBlockBytes;
  }
  program.plan.method = "best fit";
  program.plan.lower_bound_bytes = 0;
  for (const RegionPlan& part : plan.regions) {
    if (part.searched) program.plan.method = "optimal search";
    program.plan.lower_bound_bytes += part.lower_bound_blocks * kBlockBytes;
  }
  program.plan.optimal = program.plan.lower_bound_bytes == program.arena_bytes();
  program.plan.reordered = !std::ranges::is_sorted(plan.order);
  if (program.plan.reordered) apply_order(plan.order, program);
}

Plan find_plan(const Program& program, const StorageOptions& options) {
  return best_plan(program, find_uses(program, options.sharing == Sharing::kOverlap), options);
}

// A view holds its bytes together with those around them for as long as either lives. Copies come back where that
// takes more memory.
void place_shared(Program& program, const StorageOptions& options) {
  Plan plan = find_plan(program, options);
  Program viewed = program;
  const int32_t views = options.views ? make_views(viewed) : 0;
  if (views == 0) return apply_plan(program, plan);
  Plan plan_of_views = find_plan(viewed, options);
  if (plan_of_views.total_blocks() > plan.total_blocks()) return apply_plan(program, plan);
  program = std::move(viewed);
  apply_plan(program, plan_of_views);
  program.plan.views = views;
}

// What arena regions and stripes start from: views, and steps in their final order.
bool settle_order(Program& program, const StorageOptions& options) {
  program.plan.views += options.views ? make_views(program) : 0;
  if (!may_reorder(program, options)) return false;
  const Uses uses = find_uses(program, options.sharing == Sharing::kOverlap);
  const std::vector<int32_t> order = find_order(uses, options.max_order_sets);
  if (order == given_order(uses)) return false;
  apply_order(order, program);
  return true;
}

Status place_settled(Program& program, const StorageOptions& options, bool reordered) {
  const Uses uses = find_uses(program, options.sharing == Sharing::kOverlap);
  if (!options.arena_regions.empty()) TMC_TRY(assign_arena_regions(program, uses, options.arena_regions));
  apply_plan(program, plan_order(program, uses, given_order(uses), options.max_search_checks));
  program.plan.reordered = reordered;
  return {};
}

Status place_over_arena_regions(Program& program, const StorageOptions& options) {
  const bool reordered = settle_order(program, options);
  return place_settled(program, options, reordered);
}

// The program in stripes, in place of `plain`, which is placed, where it needs less than `most_bytes`.
Status place_striped(Program& program, Program plain, const StorageOptions& options, const StripeOptions& stripe_to,
                     int64_t most_bytes) {
  const bool reordered = settle_order(program, options);
  program = in_stripes(std::move(program), stripe_to);
  const bool is_striped = program.plan.striped_nodes > 0;
  if (is_striped) TMC_TRY(place_settled(program, options, reordered));
  if (!is_striped || program.arena_bytes() >= most_bytes) program = std::move(plain);
  return {};
}

// Stripes where a trade pays, and where a limit asks for them.
Status place_rows(Program& program, const StorageOptions& options) {
  Program placed = program;
  place_shared(placed, options);
  const int64_t plain_bytes = placed.arena_bytes();
  StripeOptions stripe_to{.overlap = options.sharing == Sharing::kOverlap, .isa = options.isa};
  if (options.trade && options.arena_regions.empty()) {
    Program traded = program;
    stripe_to.price = options.trade->price;
    const auto most_bytes = static_cast<int64_t>(static_cast<double>(plain_bytes) * (1 - options.trade->least_saving));
    TMC_TRY(place_striped(traded, std::move(placed), options, stripe_to, most_bytes + 1));
    placed = std::move(traded);
  }
  stripe_to.price = nullptr;
  stripe_to.arena_bytes = options.stripe_to_bytes.value_or(plain_bytes);
  const int64_t bytes = placed.arena_bytes();
  if (bytes > stripe_to.arena_bytes) {
    TMC_TRY(place_striped(program, std::move(placed), options, stripe_to, bytes));
  } else {
    program = std::move(placed);
  }
  const bool is_striped = program.plan.striped_nodes > 0;
  return options.arena_regions.empty() || is_striped ? Status() : place_over_arena_regions(program, options);
}

Status place_by_options(Program& program, const StorageOptions& options) {
  if (options.sharing == Sharing::kNone) {
    place_apart(program);
    return {};
  }
  if (options.stripe_to_bytes || options.trade) return place_rows(program, options);
  if (!options.arena_regions.empty()) return place_over_arena_regions(program, options);
  place_shared(program, options);
  return {};
}

// Of a placement that is one of many.
constexpr int64_t kQuickChecks = 200'000;

// With as much scratch as the arena has anyway: of all nodes that ask for it or, where there is none to place them all,
// of one after the other.
Status spend_room(Program& program, const StorageOptions& options,
                  const std::vector<SparedImplementation>& implementations) {
  const bool overlap = options.sharing == Sharing::kOverlap;
  const int64_t most_bytes = program.arena_bytes();
  Program all = program;
  std::vector<SparedImplementation> spent;
  for (const SparedImplementation& implementation : implementations) {
    if (spend_scratch(all, implementation, overlap, most_bytes)) spent.push_back(implementation);
  }
  if (spent.empty()) return {};
  TMC_TRY(place_settled(all, options, program.plan.reordered));
  if (all.arena_bytes() <= most_bytes) {
    program = std::move(all);
    return {};
  }
  StorageOptions quick = options;
  quick.max_search_checks = std::min(options.max_search_checks, kQuickChecks);
  for (const SparedImplementation& implementation : spent) {
    Program one = program;
    if (!spend_scratch(one, implementation, overlap, most_bytes)) continue;
    TMC_TRY(place_settled(one, quick, program.plan.reordered));
    if (one.arena_bytes() <= most_bytes) program = std::move(one);
  }
  return {};
}

}  // namespace

Result<Program> place(Program program, const StorageOptions& options) {
  if (program.regions.empty()) program.regions.push_back({.name = "arena"});
  for (const program::Buffer& buffer : program.buffers) {
    if (buffer.region < 0 || static_cast<size_t>(buffer.region) >= program.regions.size()) {
      return error(Error::kInternal, "buffer '{}' has no region", buffer.name);
    }
  }
  std::vector<SparedImplementation> implementations;
  if (options.sharing != Sharing::kNone) implementations = spare_scratch(program);
  TMC_TRY(place_by_options(program, options));
  const bool is_one_arena = options.arena_regions.empty();  // of several, which has room is not looked for
  if (!implementations.empty() && is_one_arena) {
    // Not needed to plan, and too large to be copied with every attempt.
    std::vector<program::Constant> constants = std::exchange(program.constants, {});
    TMC_TRY(spend_room(program, options, implementations));
    program.constants = std::move(constants);
  }
  TMC_TRY(program::verify(program, /*placed=*/true));
  return program;
}

}  // namespace tmc::storage
