// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The execution order that needs the least memory: a shortest path, by its worst step, through the sets of steps that
// may have run (Liberis and Lane, arXiv 1910.05110), with the sharing of inputs and outputs counted in.

#include <cstdint>
#include <vector>

#include "tmc/program/program.hpp"
#include "tmc/storage/uses.hpp"

namespace tmc::storage {

// 0, 1, ...: the order of the program.
std::vector<int32_t> given_order(const Uses& uses);

// That no placement of the program, with all its buffers in its order, can be smaller than.
int64_t lower_bound_blocks(const Uses& uses);

// The given order, unless another has a strictly smaller lower bound. Looks at `max_sets` sets of steps, and keeps the
// given order where that does not suffice.
std::vector<int32_t> find_order(const Uses& uses, int64_t max_sets);

// Reorders the steps of a program, and says of its tensors after which step they are whole now; those that never are,
// are taken out (scattered_tensors.hpp).
void apply_order(const std::vector<int32_t>& order, program::Program& program);

}  // namespace tmc::storage
