// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Optimal placement by branch and bound: is there a placement within a capacity, first for the lower bound, then for
// capacities that halve the gap to the best placement known, until the two meet. A capacity that takes too long is
// given up for a larger one.
//
// MiniMalloc (Moffitt, ASPLOS'23) searches canonical placements, in which every buffer rests on one below it. An output
// that may run a limited way into an input can rest on a buffer above it, so that canonical placements are not enough
// here. Instead the search keeps, for every pair, the ranges of distances still open; the smallest offsets that meet
// what is decided are the longest paths in a graph of differences (as in disjunctive scheduling). Where they put no two
// buffers into each other they are a placement; where they do, the pair is decided either way. Complete, and bounded by
// a count of elementary checks, so that the same problem gives the same answer on every machine.

#include <cstdint>
#include <vector>

#include "tmc/storage/constraints.hpp"

namespace tmc::storage {

struct SearchResult {
  std::vector<int64_t> offsets;  // of the smallest placement found, `start` where there was none smaller
  int64_t lower_bound = 0;       // proven, at least the problem's
  bool optimal = false;          // the placement is as small as the bound
};

// `start` is a feasible placement. Stops after `max_checks`.
SearchResult search(const Problem& problem, std::vector<int64_t> start, int64_t max_checks);

}  // namespace tmc::storage
