// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The instruction counter that a board with a way to run supplies in its `harness/` folder. A reading means nothing by
// itself; two readings since one start give the instructions between them, exactly, of runs of up to 10^11
// instructions. Taking a reading always takes the same number of instructions.

#include <stdint.h>

namespace tmc::board {

// Of the board's own counters, as they stand.
struct Reading {
  uint32_t fine, coarse;
};

void counter_start();
Reading counter_read();
uint64_t counter_instructions(Reading from, Reading to);

}  // namespace tmc::board
