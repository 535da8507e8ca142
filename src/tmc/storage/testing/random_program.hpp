// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Programs of fake implementations with everything that storage has to get right: branches, slices of joined buffers,
// inputs read twice, buffers written again, copies, scratch, all kinds of overlap, inputs that survive, outputs that
// are read on.

#include <random>

#include "tmc/program/program.hpp"

namespace tmc::storage::testing {

struct RandomProgramOptions {
  int steps = 12;
  int64_t max_bytes = 400;  // of a tensor
  int reach = 4;            // a step reads what one of that many steps before it has written
  bool scratch = true;
  bool slices = true;
};
program::Program random_program(std::mt19937& rng, const RandomProgramOptions& options);

}  // namespace tmc::storage::testing
