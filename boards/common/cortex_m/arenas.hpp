// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// The arenas of an image, each in a section of its own that tmc_arenas.ld puts into its memory. Included once in every
// image, where the arenas are used.

#pragma once

#include "tmc_model.hpp"

#define TMC_DEFINE_ARENA(number, name, bytes) \
  alignas(tmc::board::kArenaAlign) [[gnu::section(name)]] static unsigned char tmc_arena##number[bytes];
TMC_ARENAS(TMC_DEFINE_ARENA)
#undef TMC_DEFINE_ARENA

namespace tmc::board {

#define TMC_ARENA_BEGIN(number, name, bytes) tmc_arena##number,
static constexpr Arenas kArenas = {{TMC_ARENAS(TMC_ARENA_BEGIN)}};
#undef TMC_ARENA_BEGIN

}  // namespace tmc::board
