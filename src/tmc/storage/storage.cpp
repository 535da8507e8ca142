// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/storage/storage.hpp"

#include <algorithm>
#include <numeric>

#include "tmc/storage/best_fit.hpp"
#include "tmc/storage/constraints.hpp"

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

void place_shared(Program& program, const Uses& uses) {
  std::vector<int32_t> order(program.steps.size());
  std::iota(order.begin(), order.end(), 0);
  const auto regions = buffers_by_region(program);
  for (size_t region = 0; region < regions.size(); ++region) {
    const Problem problem = make_problem(uses, order, regions[region]);
    const std::vector<int64_t> offsets = best_fit(problem);
    for (size_t i = 0; i < offsets.size(); ++i) {
      program.buffers[static_cast<size_t>(regions[region][i])].offset = offsets[i] * kBlockBytes;
    }
    program.regions[region].used_bytes = peak_of(problem, offsets) * kBlockBytes;
    if (region == 0) {
      program.plan = {.method = "best fit",
                      .lower_bound_bytes = problem.lower_bound * kBlockBytes,
                      .optimal = peak_of(problem, offsets) == problem.lower_bound};
    }
  }
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
    place_shared(program, find_uses(program, options.sharing == Sharing::kOverlap));
  }
  TMC_TRY(program::verify(program, /*placed=*/true));
  return program;
}

}  // namespace tmc::storage
