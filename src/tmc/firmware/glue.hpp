// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The files that tie a generated folder to a board's code: `tmc_model.hpp`, which gives the model the names that the
// programs in boards/common use, `tmc_text.hpp`, which does so for its text, `tmc_placement.ld`, which says in which
// memory region pinned weights lie, and `tmc_arenas.ld`, which says it of the arenas.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "tmc/firmware/model_header.hpp"
#include "tmc/targets/target.hpp"

namespace tmc::firmware {

// A part of the arena to record after a step has run.
struct Dump {
  std::uint32_t step = 0;
  Region region;
};

// The text of `tmc_model.hpp`.
std::string model_glue(const ModelHeader& model, std::span<const Dump> dumps, bool keeps_state);

// The text of `tmc_text.hpp`, of a folder that holds `text.hpp`: the model's text in the arenas of the image.
std::string text_glue(const ModelHeader& model);

// The text of `tmc_placement.ld`.
std::string placement_script(std::string_view pin_region);

// The text of `tmc_arenas.ld`: a section for each arena, in the region that is named for it.
std::string arena_script(std::span<const std::string> arena_regions);

// The region for the arena: `wanted`, or if that is empty the fastest one open to arenas that has room for it beside
// the stack. kDoesNotFit, with what each region offers, when none has; kBadUsage when `wanted` is no RAM of the target.
Result<std::string> place_arena(const Target& target, std::uint64_t arena_bytes, std::string_view wanted);

}  // namespace tmc::firmware
