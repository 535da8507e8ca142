// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Arm MPS3 with AN547: all memories answer from reset on. The core starts, and stays, in the secure state.

#include "board.hpp"
#include "vectors.hpp"

extern "C" [[gnu::section(".vectors"), gnu::used]] constexpr auto tmc_vectors = tmc::board::vector_table<96>();

extern "C" void tmc_board_init() {}
