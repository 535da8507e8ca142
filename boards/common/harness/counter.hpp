// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The instruction counter that a board with a way to run supplies in its `harness/` folder. A reading means nothing by
// itself; two readings since one start give the instructions between them, exactly, as long as the counter has not
// wrapped.

#include <stdint.h>

namespace tmc::board {

void counter_start();
uint32_t counter_read();
uint64_t counter_instructions(uint32_t from, uint32_t to);
bool counter_wrapped();

}  // namespace tmc::board
