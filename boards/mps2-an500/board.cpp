// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Arm MPS2+ with AN500: all memories answer from reset on, and 32 interrupts reach the core.

#include "board.hpp"
#include "vectors.hpp"

extern "C" [[gnu::section(".vectors"), gnu::used]] constexpr auto tmc_vectors = tmc::board::vector_table<32>();

extern "C" void tmc_board_init() {}
