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

// What a program costs more than the one without stripes, at least 0; neither has its constants. A price p is worth an
// arena of exp(-p) times the bytes.
using StripesPrice = std::function<double(const program::Program& striped)>;

struct StripeOptions {
  int64_t arena_bytes = 0;            // to come down to; 0: as far as it gets
  StripesPrice price = nullptr;       // instead of a limit
  bool overlap = true;                // count on outputs that run into inputs
  std::vector<std::string> isa = {};  // of the implementations that move rows, beside the portable one
  int32_t max_nodes = 12;             // that run in stripes together
  int64_t max_attempts = 4000;        // groups and heights looked at
};

// Steps that need more than a limit are covered by groups of steps in stripes, the cheapest that keep to it: what a
// step needs depends on its own group alone, because all that crosses the borders of groups is whole. That for lower
// and lower limits. Of the plans found the one with the least sum of price and logarithm of the arena is taken; without
// a price the one with the fewest instructions more that keeps to the limit, else the one that needs least memory. The
// steps of the unplaced program are in their final order.
program::Program in_stripes(program::Program program, const StripeOptions& options);

}  // namespace tmc::storage
