// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The placement problem of one memory region: how far apart the offsets of two buffers may be. In blocks of
// kAlignBytes. A plain dynamic storage allocation forbids every distance at which two buffers that live at the same
// time intersect; where a step's implementation allows its output to run into an input, part of those distances is
// allowed again, so that a pair has several allowed ranges of distances.

#include <cstdint>
#include <span>
#include <vector>

#include "tmc/storage/lives.hpp"

namespace tmc::storage {

// low <= distance <= high
struct Range {
  int64_t low = 0;
  int64_t high = 0;
};

// Two buffers and the distances offset(b) - offset(a) that would have them clobber each other: ascending, with at least
// one allowed distance between two ranges.
struct Pair {
  int32_t a = 0, b = 0;
  std::vector<Range> forbidden;
};

struct Problem {
  std::vector<int64_t> sizes;                  // of the buffers
  std::vector<Life> lives;                     // from the birth of the first segment to the death of the last
  std::vector<Pair> pairs;                     // by (a, b), a < b; no pair: any distance
  std::vector<std::vector<int32_t>> pairs_of;  // pairs that a buffer is in
  int64_t lower_bound = 0;                     // no placement can be smaller
};

// `order` lists the steps in execution order; `buffers` those of the region, in the numbering of the result.
Problem make_problem(const Uses& uses, std::span<const int32_t> order, std::span<const int32_t> buffers);

// Where x may not lie because of a buffer that is at `other_offset`; `range` is one of the pair's.
inline Range forbidden_offsets(const Pair& pair, const Range& range, int32_t x, int64_t other_offset) {
  if (x == pair.b) return {other_offset + range.low, other_offset + range.high};
  return {other_offset - range.high, other_offset - range.low};
}

// Size of the placement: the end of the last buffer.
int64_t peak_of(const Problem& problem, std::span<const int64_t> offsets);

// Whether no pair is at a forbidden distance.
bool is_feasible(const Problem& problem, std::span<const int64_t> offsets);

}  // namespace tmc::storage
