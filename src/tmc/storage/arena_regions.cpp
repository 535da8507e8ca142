// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/storage/arena_regions.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <functional>
#include <numeric>

#include "tmc/storage/best_fit.hpp"
#include "tmc/storage/constraints.hpp"
#include "tmc/storage/order.hpp"

namespace tmc::storage {
namespace {

using program::Operand;
using program::Program;
using program::Step;

int64_t touched_bytes(const Program& program, const Step& step) {
  int64_t bytes = 0;
  for (const Operand& operand : step.operands) {
    if (operand.kind == Operand::Kind::kBuffer) bytes += operand_extent(program, operand).size();
  }
  return bytes;
}

// How often a run touches each byte of a buffer: a step's instructions, by the estimate that chose its implementation,
// are spread evenly over the bytes that it reads and writes.
std::vector<double> heat_of_buffers(const Program& program) {
  std::vector<double> heat(program.buffers.size());
  for (const Step& step : program.steps) {
    const int64_t bytes = touched_bytes(program, step);
    if (bytes == 0) continue;
    const double touches = step.implementation->instructions(step.params) / static_cast<double>(bytes);
    for (const Operand& operand : step.operands) {
      if (operand.kind != Operand::Kind::kBuffer) continue;
      const auto part = static_cast<double>(operand_extent(program, operand).size());
      const auto whole = static_cast<double>(program.buffers[static_cast<size_t>(operand.index)].bytes);
      heat[static_cast<size_t>(operand.index)] += touches * part / whole;
    }
  }
  return heat;
}

class Assignment {
 public:
  Assignment(const Uses& uses, const std::vector<ArenaRegion>& arena_regions)
      : uses_(uses), arena_regions_(arena_regions), order_(given_order(uses)), members_(arena_regions.size()) {}

  // The first buffer that finds no room; -1: all have a region.
  int32_t take(const std::vector<int32_t>& buffers) {
    for (std::vector<int32_t>& members : members_) members.clear();
    for (const int32_t buffer : buffers) {
      if (!take_one(buffer)) return buffer;
    }
    return -1;
  }
  const std::vector<int32_t>& members(size_t arena_region) const { return members_[arena_region]; }

 private:
  bool take_one(int32_t buffer) {
    for (size_t arena_region = 0; arena_region < arena_regions_.size(); ++arena_region) {
      std::vector<int32_t>& members = members_[arena_region];
      const auto place = members.insert(std::ranges::upper_bound(members, buffer), buffer);
      const Problem problem = make_problem(uses_, order_, members);
      if (peak_of(problem, best_fit(problem)) * program::kAlignBytes <= arena_regions_[arena_region].bytes) return true;
      members.erase(place);
    }
    return false;
  }

  const Uses& uses_;
  const std::vector<ArenaRegion>& arena_regions_;
  std::vector<int32_t> order_;
  std::vector<std::vector<int32_t>> members_;  // of each region, ascending
};

template <typename Key>
std::vector<int32_t> sorted_buffers(const Program& program, Key key) {
  std::vector<int32_t> buffers(program.buffers.size());
  std::iota(buffers.begin(), buffers.end(), 0);
  std::ranges::stable_sort(buffers, std::greater<>(), key);
  return buffers;
}

Status does_not_fit(const Program& program, int32_t buffer, const std::vector<ArenaRegion>& arena_regions) {
  const program::Buffer& left = program.buffers[static_cast<size_t>(buffer)];
  std::vector<std::string> sizes;
  for (const ArenaRegion& arena_region : arena_regions)
    sizes.push_back(fmt::format("{} of {} bytes", arena_region.region, arena_region.bytes));
  return error(Error::kDoesNotFit, "'{}', {} bytes, finds no room in {} beside what lives with it", left.name,
               left.bytes, fmt::join(sizes, ", "))
      .with_hint("give a memory of --arena more bytes, or add another");
}

}  // namespace

Status assign_arena_regions(Program& program, const Uses& uses, const std::vector<ArenaRegion>& arena_regions) {
  const std::vector<double> heat = heat_of_buffers(program);
  const auto by_heat = sorted_buffers(program, [&](int32_t b) { return heat[static_cast<size_t>(b)]; });
  const auto by_size = sorted_buffers(program, [&](int32_t b) { return uses.buffer_blocks[static_cast<size_t>(b)]; });
  Assignment assignment(uses, arena_regions);
  if (assignment.take(by_heat) >= 0) {
    const int32_t left_over = assignment.take(by_size);
    if (left_over >= 0) return does_not_fit(program, left_over, arena_regions);
  }
  program.regions.clear();
  for (size_t arena_region = 0; arena_region < arena_regions.size(); ++arena_region) {
    if (assignment.members(arena_region).empty()) continue;
    for (const int32_t buffer : assignment.members(arena_region)) {
      program.buffers[static_cast<size_t>(buffer)].region = static_cast<int32_t>(program.regions.size());
    }
    program.regions.push_back({.name = arena_regions[arena_region].region});
  }
  return {};
}

}  // namespace tmc::storage
