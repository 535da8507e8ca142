// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Runs some steps that follow one another in stripes of rows: every stripe is a step of its own for each of them, so
// that what they hand to one another never exists whole. Of such a tensor a line buffer holds the rows that are still
// needed; rows that the next stripe reads too are kept in it by a move, so that nothing is computed twice. What comes
// from outside the steps, or is read outside them, stays whole, but its rows die, or are born, stripe by stripe: the
// planner lets the one run into the other with the rows between them that the program asks for, as it does with all
// steps. (Line buffers as in streaming image pipelines; patch by patch with recomputed borders is MCUNetV2's way, Lin
// et al., NeurIPS'21.)

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "tmc/program/program.hpp"

namespace tmc::storage {

// Steps first to last, so many rows of the last step's output at a time.
struct Stripes {
  int32_t first = 0;
  int32_t last = 0;
  int32_t rows = 0;
};

// The unplaced program with these steps in stripes. nullopt where one of them cannot run by rows, or not these rows: an
// implementation that does not take the Params, or rows that begin off the alignment that kernels are promised. Rows
// are moved by the portable implementation or one of these instruction sets.
std::optional<program::Program> with_stripes(const program::Program& program, const Stripes& stripes,
                                             std::span<const std::string> isa = {});

}  // namespace tmc::storage
