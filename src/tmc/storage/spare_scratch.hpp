// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Bodies that save instructions with code of their own (BodyInfo::instead_of) may take more scratch than those that
// they are instead of. They take it where other steps need as much memory, and do not raise the arena: it is planned
// without them.

#include <cstdint>
#include <map>
#include <string>

#include "tmc/program/program.hpp"

namespace tmc::storage {

using SparedBodies = std::map<std::string, const kernels::BodyInfo*>;  // by node

// Gives every step that has such a body the one that it is instead of. Returns what nodes had.
SparedBodies spare_scratch(program::Program& program);

// Gives nodes, in stripes or not, their bodies back, but for those whose scratch would be part of a need for more than
// `most_bytes`. Addresses are open then. The steps are in their final order.
void spend_scratch(program::Program& program, const SparedBodies& bodies, bool overlap, int64_t most_bytes);

// Takes the body away again from the node whose scratch is where most memory is needed. False where none has one.
bool spare_highest(program::Program& program, bool overlap);

}  // namespace tmc::storage
