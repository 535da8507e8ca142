// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/firmware/glue.hpp"

#include <fmt/ranges.h>

#include <algorithm>

namespace tmc::firmware {
namespace {

// Of the image; the first has no number.
std::string arena_section(std::size_t arena) {
  return arena == 0 ? ".tmc_arena" : fmt::format(".tmc_arena{}", arena);
}

// An array cannot be empty; its count says how many entries are meant.
std::string region_list(const std::vector<Region>& regions) {
  if (regions.empty()) return "{0, 0, 0}";
  std::string text;
  for (const Region& region : regions) {
    text += fmt::format("\n    {{{}, {}, {}}},", region.arena, region.offset, region.bytes);
  }
  return text;
}

std::string load_glue(const ModelHeader& model) {
  if (model.load_function.empty()) return "inline Refusal load_model() { return {nullptr, nullptr}; }\n";
  return fmt::format(R"(inline Refusal load_model() {{
  const char* subject = "";
  const char* const reason = {}(&subject);
  return {{reason, subject}};
}}
)",
                     model.load_function);
}

}  // namespace

std::string model_glue(const ModelHeader& model, std::span<const Dump> dumps, bool keeps_state) {
  std::string dump_list;
  for (const Dump& dump : dumps) {
    dump_list +=
        fmt::format("\n    {{{}, {}, {}, {}}},", dump.step, dump.region.arena, dump.region.offset, dump.region.bytes);
  }
  std::string arenas;
  std::vector<std::string> arguments;
  for (std::size_t i = 0; i < model.arena_bytes.size(); ++i) {
    arenas += fmt::format(" \\\n  X({}, \"{}\", {})", i, arena_section(i), model.arena_bytes[i]);
    arguments.push_back(fmt::format("arenas.begin[{}]", i));
  }
  const std::string parameters = fmt::format("{}", fmt::join(arguments, ", "));
  const bool has_state = !model.reset_function.empty();
  if (dumps.empty()) dump_list = "{0, 0, 0, 0}";
  return fmt::format(R"(// Written by tinymlc for one build; boards/common includes it.
#pragma once

#include <stdint.h>

#include "model.h"

// X(number, section, bytes) for each arena of the model.
#define TMC_ARENAS(X){}

namespace tmc::board {{

inline constexpr uint32_t kArenaCount = {};
inline constexpr uint32_t kArenaBytes[] = {{{}}};
inline constexpr uint32_t kArenaAlign = {};

// Where each begins.
struct Arenas {{
  unsigned char* begin[kArenaCount];
}};

struct Region {{
  uint32_t arena;
  uint32_t offset;
  uint32_t bytes;
}};

struct DumpRegion {{
  uint32_t step;
  uint32_t arena;
  uint32_t offset;
  uint32_t bytes;
}};

inline constexpr uint32_t kInputCount = {};
inline constexpr Region kInputs[] = {{{}}};
inline constexpr uint32_t kOutputCount = {};
inline constexpr Region kOutputs[] = {{{}}};
inline constexpr uint32_t kDumpCount = {};
inline constexpr DumpRegion kDumps[] = {{{}}};

// Why a model cannot run here, and what of it; null where it can.
struct Refusal {{
  const char* reason;
  const char* subject;
}};
// Whether the model is an image that an executor loads, or code, which always can run.
inline constexpr bool kLoads = {};
{}
// Whether samples are steps of one sequence: else the state begins anew with each.
inline constexpr bool kKeepsState = {};

[[gnu::always_inline]] inline void run_model(const Arenas& arenas) {{ {}({}); }}
[[gnu::always_inline]] inline void reset_model({}) {{{}}}

}}  // namespace tmc::board
)",
                     arenas, model.arena_bytes.size(), fmt::join(model.arena_bytes, ", "), model.arena_align,
                     model.inputs.size(), region_list(model.inputs), model.outputs.size(), region_list(model.outputs),
                     dumps.size(), dump_list, !model.load_function.empty(), load_glue(model), keeps_state,
                     model.run_function, parameters, has_state ? "const Arenas& arenas" : "const Arenas&",
                     has_state ? fmt::format(" {}({}); ", model.reset_function, parameters) : "");
}

std::string text_glue(const ModelHeader& model) {
  std::vector<std::string> arguments;
  for (std::size_t i = 0; i < model.arena_bytes.size(); ++i) {
    const std::string suffix = model.arena_bytes.size() > 1 ? std::to_string(i) : "";
    arguments.push_back(fmt::format("*reinterpret_cast<text::Arena{}*>(arenas.begin[{}])", suffix, i));
  }
  const std::string name = model.run_function.substr(0, model.run_function.rfind("_run"));
  return fmt::format(R"(// Written by tinymlc for one build; boards/common includes it.
#pragma once

#include "text.hpp"
#include "tmc_model.hpp"

namespace tmc::board {{

namespace text = {};

inline text::Model text_model(const Arenas& arenas) {{ return text::Model({}); }}

}}  // namespace tmc::board
)",
                     name, fmt::join(arguments, ", "));
}

std::string placement_script(std::string_view pin_region) {
  return fmt::format("REGION_ALIAS(\"TMC_PINNED\", {})\n", pin_region.empty() ? "TMC_RAM" : pin_region);
}

std::string arena_script(std::span<const std::string> arena_regions) {
  std::string text;
  for (std::size_t i = 0; i < arena_regions.size(); ++i) {
    text += fmt::format("{0} (NOLOAD) : {{ *({0}) }} > {1}\n", arena_section(i), arena_regions[i]);
  }
  return text;
}

Result<std::string> place_arena(const Target& target, std::uint64_t arena_bytes, std::string_view wanted) {
  if (!wanted.empty()) {
    const MemoryRegion* const region = target.find_region(wanted);
    if (region != nullptr && region->kind == MemoryKind::kRam) return region->name;
    return error(Error::kBadUsage, "{} has no RAM region '{}'", target.name, wanted);
  }
  std::vector<std::string> offers;
  for (const MemoryRegion* region : target.arena_regions()) {
    const std::uint64_t room = target.arena_room(*region);
    if (arena_bytes <= room) return region->name;
    offers.push_back(fmt::format("{} {}", region->name, room));
  }
  return error(Error::kDoesNotFit, "the arena takes {} bytes; {} offers {}", arena_bytes, target.name,
               fmt::join(offers, ", "));
}

}  // namespace tmc::firmware
