// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Greedy placement: buffers in one of several orders, each in the tightest gap between those already placed, or as low
// as it may; then some rounds that mend the order. Always succeeds. The start of the search, and what stands where the
// search gives up.

#include <cstdint>
#include <vector>

#include "tmc/storage/constraints.hpp"

namespace tmc::storage {

// Offsets of the smallest placement found.
std::vector<int64_t> best_fit(const Problem& problem);

}  // namespace tmc::storage
