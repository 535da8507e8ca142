// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the shared Cortex-M code and a board expect of each other. A board supplies `tmc_board_init` and a vector table
// (`vectors.hpp`); one of the programs (`firmware/`, `harness_count/`, `harness_steps/`) supplies `tmc_main`.

extern "C" {

// Called first after reset, before .data and .bss exist: switches on the memories that the image uses. It may use the
// stack, and no variable with static storage.
void tmc_board_init();

[[noreturn]] void tmc_reset();
[[noreturn]] void tmc_main();

}  // extern "C"
