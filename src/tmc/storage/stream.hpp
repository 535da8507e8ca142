// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Which steps to run in stripes of rows (stripes.hpp), and how high: so that the arena comes down to a limit at the
// least cost, or as far as what that costs is worth it.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "tmc/program/program.hpp"

namespace tmc::storage {

struct StreamOptions {
  int64_t arena_bytes = 0;  // to come down to; 0: as far as it gets
  // Instead of a limit: what a program costs more than the one without stripes, as a part of its arena that is worth
  // as much. At least 0.
  std::function<double(const program::Program& program)> price = nullptr;
  bool overlap = true;                // count on outputs that run into inputs
  std::vector<std::string> isa = {};  // of the bodies that move rows, beside the portable one
  int32_t max_nodes = 12;             // that run in stripes together
  int64_t max_attempts = 600;         // groups and heights looked at in each round
};

// Takes, again and again, the steps around the one that needs most memory: of the groups that bring the program within
// the limit the one with the fewest instructions more, else the one that needs least memory; with a price, the one
// with the least sum of memory and price. Stops at the limit, or where nothing helps any more. The steps of the
// unplaced program are in their final order.
program::Program stream(program::Program program, const StreamOptions& options);

}  // namespace tmc::storage
