// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// An arena that is split over several memories: which buffer goes to which. What a run touches most often for each of
// its bytes goes to the fastest memory that has room for it; where that leaves a buffer over, the largest come first.

#include <cstdint>
#include <string>
#include <vector>

#include "tmc/program/program.hpp"
#include "tmc/storage/uses.hpp"

namespace tmc::storage {

// A memory that a part of the arena may lie in.
struct ArenaRegion {
  std::string region;  // of the target
  int64_t bytes = 0;   // that the arena may take of it
};

// Makes a region of the program of each arena region (the fastest first) and gives every buffer of `program`, whose
// steps are in their final order, one of them, so that the buffers of each can be placed within its bytes. Regions that
// stay empty are left out. Error: kDoesNotFit with the buffer that is left over and what the arena regions hold.
Status assign_arena_regions(program::Program& program, const Uses& uses, const std::vector<ArenaRegion>& arena_regions);

}  // namespace tmc::storage
