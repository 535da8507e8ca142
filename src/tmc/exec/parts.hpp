// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Steps whose work falls into parts: each runs the step's implementation on the same constants, with Params of some of
// its rows, and writes what no other part reads or writes. What an output holds does not depend on how many parts there
// are, since no row depends on another one.

#include <cstdint>
#include <span>
#include <vector>

#include "tmc/program/program.hpp"

namespace tmc::exec {

// Offsets and bytes are by operand: how much further a part begins than the step, and what it touches from there; 0
// bytes of what is packed or scratch.
struct Part {
  std::vector<int32_t> params;
  std::vector<int64_t> offsets, bytes;
};

// At most `count` parts of about as many rows each: queries of attention or its batch items, batch items of layers,
// rows of products of matrices and of norms, lines, elements. `least_instructions`, by the implementation's own
// estimate, are worth a part. Fewer than two: the step runs whole.
std::vector<Part> parts_of(const program::Step& step, int32_t count, double least_instructions);

// Whether the parts of a step whose operands begin there write apart, and the output of each lies to its own inputs as
// the implementation allows: one that begins before its queries, say, would overwrite those of another part.
bool may_run_at_once(const program::Step& step, std::span<const Part> parts, std::span<void* const> pointers);

}  // namespace tmc::exec
