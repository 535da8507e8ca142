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
  return error(Error::kBadUsage, "unknown optimisation '{}'", name).remedied_by("choose speed, balanced or size");
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

std::uint64_t Target::bytes_of(MemoryKind kind) const {
  std::uint64_t bytes = 0;
  for (const MemoryRegion& region : memory) bytes += region.kind == kind ? region.bytes : 0;
  return bytes;
}

}  // namespace tmc
