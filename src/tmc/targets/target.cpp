// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/targets/target.hpp"

#include <algorithm>
#include <array>

namespace tmc {
namespace {

constexpr std::array<std::pair<std::string_view, Optimize>, 3> kOptimizeNames = {
    {{"speed", Optimize::kSpeed}, {"balanced", Optimize::kBalanced}, {"size", Optimize::kSize}}};

}  // namespace

Result<Optimize> parse_optimize(std::string_view name) {
  for (const auto& [known, optimize] : kOptimizeNames) {
    if (known == name) return optimize;
  }
  return error(Error::kBadUsage, "unknown optimisation '{}'", name).with_hint("choose speed, balanced or size");
}

std::string_view optimize_name(Optimize optimize) {
  return kOptimizeNames.at(static_cast<std::size_t>(optimize)).first;
}

const std::vector<std::string>& Toolchain::optimize_flags(Optimize optimize) const {
  switch (optimize) {
    case Optimize::kSpeed:
      return speed;
    case Optimize::kBalanced:
      return balanced;
    case Optimize::kSize:
      return size;
  }
  return balanced;
}

const MemoryRegion* Target::find_region(std::string_view region) const {
  const auto found =
      std::find_if(memory.begin(), memory.end(), [region](const MemoryRegion& known) { return known.name == region; });
  return found == memory.end() ? nullptr : &*found;
}

std::vector<const MemoryRegion*> Target::arena_regions() const {
  std::vector<const MemoryRegion*> regions;
  for (const MemoryRegion& region : memory) {
    if (region.for_arena) regions.push_back(&region);
  }
  std::stable_sort(regions.begin(), regions.end(), [](const MemoryRegion* left, const MemoryRegion* right) {
    return left->read_cycles < right->read_cycles;
  });
  return regions;
}

std::uint64_t Target::arena_room(const MemoryRegion& region) const {
  constexpr std::uint64_t kVariablesReserve = 1024;  // the linker has the last word
  if (!board || region.name != board->stack_region) return region.bytes;
  const std::uint64_t taken = board->stack_bytes + kVariablesReserve;
  return region.bytes > taken ? region.bytes - taken : 0;
}

std::uint64_t Target::bytes_of(MemoryKind kind) const {
  std::uint64_t bytes = 0;
  for (const MemoryRegion& region : memory) bytes += region.kind == kind ? region.bytes : 0;
  return bytes;
}

}  // namespace tmc
