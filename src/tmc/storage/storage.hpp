// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Storage: in which order a program's steps run and at which address every buffer lies.
//
// Buffers share memory where their lifetimes allow it, and an output runs into an input that dies where the step's
// implementation says how far it may (kernels/kernel.hpp). Placement is a greedy best fit and, where that does not meet
// the lower bound, an optimal search; the plan says which of the two the addresses are from.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tmc/program/program.hpp"
#include "tmc/storage/arena_regions.hpp"
#include "tmc/storage/striping.hpp"

namespace tmc::storage {

enum class Sharing : uint8_t {
  kNone,     // every buffer has bytes of its own
  kBuffers,  // buffers share bytes that are dead
  kOverlap,  // outputs also run into inputs
};

// Stripes that nobody asked for have to be worth it.
struct StripeTrade {
  StripesPrice price;
  double least_saving = 0.1;  // of the arena; below that the program stays as it is
};

// The bounds count work, not time, so that the same program gets the same addresses on every machine; those given here
// take a fraction of a second.
struct StorageOptions {
  Sharing sharing = Sharing::kOverlap;
  bool reorder = true;                          // search the execution order too
  bool views = true;                            // spare copies where sharing is allowed at all (views.hpp)
  std::vector<ArenaRegion> arena_regions = {};  // split the arena over these, the fastest first; empty: do not
  // Run steps in stripes of rows where the arena is larger otherwise (striping.hpp); 0: as small as it gets.
  std::optional<int64_t> stripe_to_bytes = std::nullopt;
  // Run steps in stripes where the arena falls by more than that costs. Not where the arena is split.
  std::optional<StripeTrade> trade = std::nullopt;
  std::vector<std::string> isa = {};  // of the implementations of steps that storage adds, beside the portable ones
  int64_t max_order_sets = 10'000;    // sets of steps looked at
  int64_t max_search_checks = 10'000'000;  // pairs of buffers looked at, for each region
};

// Fills in order, offsets, sizes of regions and plan. The program is verified (program::verify); a program without
// regions gets one, the arena, unless it is to be split. Error: a buffer of a region that is not there; what
// assign_arena_regions says.
Result<program::Program> place(program::Program program, const StorageOptions& options = {});

}  // namespace tmc::storage
