// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Which steps of a program are trips of one loop, for roll.hpp.

#include <vector>

#include "tmc/program/program.hpp"
#include "tmc/storage/uses.hpp"

namespace tmc::storage {

// The bytes of a kBuffer operand that the step touches, which may be fewer than the operand covers.
Extent touched_bytes(const program::Program& program, const program::Step& step, size_t operand);

// For each step, ascending: the earlier ones that must run before it, because they write what it reads or writes, or
// read what it writes. To the byte.
std::vector<std::vector<int32_t>> dependencies(const program::Program& program);

// Steps that are alike but for the buffers they read and write have one number.
std::vector<int32_t> kinds_of(const program::Program& program);

struct Trips {
  std::vector<int32_t> before;              // steps that run before the loop, in their order
  std::vector<std::vector<int32_t>> trips;  // of as many steps each, alike one by one
  std::vector<int32_t> after;
};

constexpr size_t kLeastTrips = 3;

// The trips in which the steps of one kind, `pivots`, ascending, are one each: each of them depends on the one before.
// A step belongs to the trip whose pivot it depends on last, and where it depends on none to the first that needs it.
// The first pivot's and the last one's are among them, or not: what can be, in the order of preference. Nothing where
// those between are not alike, or where dependencies forbid to run them so.
std::vector<Trips> find_trips(const std::vector<std::vector<int32_t>>& dependencies, const std::vector<int32_t>& kinds,
                              const std::vector<int32_t>& pivots);

}  // namespace tmc::storage
