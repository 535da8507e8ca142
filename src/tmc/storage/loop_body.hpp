// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Trips of a loop made one body, for roll.hpp.

#include "tmc/storage/trips.hpp"

namespace tmc::storage {

// Puts a loop in place of the trips: operands that are the same or further on by the same number of bytes at every trip
// stay so, what a trip writes for itself or for the next one is in one place for all, to which what the first one reads
// is copied before. False, and no change, where operands are neither, or where something else reads what a trip before
// the last one leaves.
bool roll(program::Program& program, const Trips& trips);

}  // namespace tmc::storage
