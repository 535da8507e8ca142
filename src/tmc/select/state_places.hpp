// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// New states that are made in the place of the old ones, so that a run touches what changes of them and nothing else.

#include "tmc/program/program.hpp"

namespace tmc::select {

// Lets buffer `fresh`, which steps fill, lie in buffer `old` of the same size, where no step sees a difference: nothing
// reads the old one after the first step that writes the new one, and that step may run over what it reads (or copies
// the one to the other, and is taken out). Afterwards nothing refers to `fresh`. False, and no change, where it may
// not.
bool write_over(program::Program& program, int32_t old, int32_t fresh);

}  // namespace tmc::select
