// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/pipeline/firmware/glue.hpp"

#include <fmt/ranges.h>

#include <algorithm>

namespace tmc::firmware {
namespace {

// Kept free beside the stack for variables; the linker has the last word.
constexpr std::uint64_t kVariablesReserve = 1024;

std::string region_list(const std::vector<Region>& regions) {
  std::string text;
  for (const Region& region : regions) text += fmt::format("\n    {{{}, {}}},", region.offset, region.bytes);
  return text;
}

std::uint64_t room_for_arena(const Target& target, const MemoryRegion& region) {
  if (!target.board || region.name != target.board->stack_region) return region.bytes;
  const std::uint64_t taken = target.board->stack_bytes + kVariablesReserve;
  return region.bytes > taken ? region.bytes - taken : 0;
}

}  // namespace

std::string model_glue(const ModelHeader& model, std::span<const Dump> dumps) {
  std::string dump_list;
  for (const Dump& dump : dumps) {
    dump_list += fmt::format("\n    {{{}, {}, {}}},", dump.step, dump.region.offset, dump.region.bytes);
  }
  // An array cannot be empty; the count says how many entries are meant.
  if (dumps.empty()) dump_list = "{0, 0, 0}";
  return fmt::format(R"(// Written by tinymlc for one build; boards/common includes it.
#pragma once

#include <stdint.h>

#include "model.h"

namespace tmc::board {{

struct Region {{
  uint32_t offset;
  uint32_t bytes;
}};

struct DumpRegion {{
  uint32_t step;
  uint32_t offset;
  uint32_t bytes;
}};

inline constexpr uint32_t kArenaBytes = {};
inline constexpr uint32_t kArenaAlign = {};
inline constexpr uint32_t kInputCount = {};
inline constexpr Region kInputs[] = {{{}}};
inline constexpr uint32_t kOutputCount = {};
inline constexpr Region kOutputs[] = {{{}}};
inline constexpr uint32_t kDumpCount = {};
inline constexpr DumpRegion kDumps[] = {{{}}};

[[gnu::always_inline]] inline void run_model(void* arena) {{ {}(arena); }}

}}  // namespace tmc::board
)",
                     model.arena_bytes, model.arena_align, model.inputs.size(), region_list(model.inputs),
                     model.outputs.size(), region_list(model.outputs), dumps.size(), dump_list, model.run_function);
}

std::string placement_script(std::string_view arena_region, std::string_view pin_region) {
  return fmt::format("REGION_ALIAS(\"TMC_ARENA\", {})\nREGION_ALIAS(\"TMC_PINNED\", {})\n", arena_region,
                     pin_region.empty() ? "TMC_RAM" : pin_region);
}

Result<std::string> place_arena(const Target& target, std::uint64_t arena_bytes, std::string_view wanted) {
  if (!wanted.empty()) {
    const MemoryRegion* const region = target.find_region(wanted);
    if (region != nullptr && region->kind == MemoryKind::kRam) return region->name;
    return error(Error::kBadUsage, "{} has no RAM region '{}'", target.name, wanted);
  }
  std::vector<const MemoryRegion*> regions;
  for (const MemoryRegion& region : target.memory) {
    if (region.for_arena) regions.push_back(&region);
  }
  std::stable_sort(regions.begin(), regions.end(), [](const MemoryRegion* left, const MemoryRegion* right) {
    return left->read_cycles < right->read_cycles;
  });
  std::vector<std::string> offers;
  for (const MemoryRegion* region : regions) {
    const std::uint64_t room = room_for_arena(target, *region);
    if (arena_bytes <= room) return region->name;
    offers.push_back(fmt::format("{} {}", region->name, room));
  }
  return error(Error::kDoesNotFit, "the arena takes {} bytes; {} offers {}", arena_bytes, target.name,
               fmt::join(offers, ", "));
}

}  // namespace tmc::firmware
