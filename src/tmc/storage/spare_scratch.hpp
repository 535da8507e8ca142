// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Implementations that save instructions with code of their own (ImplementationInfo::instead_of) may take more scratch
// than those that they are instead of. They take it where other steps need as much memory, and do not raise the arena:
// it is planned without them.

#include <cstdint>
#include <string>
#include <vector>

#include "tmc/program/program.hpp"

namespace tmc::storage {

struct SparedImplementation {
  std::string node;
  const kernels::ImplementationInfo* implementation;
  double saved_instructions;
};

// Gives every step that has such an implementation the one that it is instead of. Returns what nodes had, where most is
// saved first.
std::vector<SparedImplementation> spare_scratch(program::Program& program);

// Gives a node, in stripes or not, its implementation back, unless the program needed more than `most_bytes` then.
// Returns whether it did; addresses are open then. The steps are in their final order.
bool spend_scratch(program::Program& program, const SparedImplementation& spared, bool overlap, int64_t most_bytes);

}  // namespace tmc::storage
