// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Replays a placed program on a shadow of its memory that knows of every byte which buffer it belongs to and which step
// wrote it. Shares no code with the planner: what it proves, it proves from the program alone. Every compilation runs
// it.

#include "tmc/program/program.hpp"

namespace tmc::storage {

// Error (kInternal), naming the step: the first byte that a step, a tensor or an output needs and another buffer has
// overwritten; an operand that nothing was written to; an output that runs into an input further than its
// implementation's rule allows, or into another output or scratch; a step that writes to an input that has to survive.
Status replay(const program::Program& program);

}  // namespace tmc::storage
