// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Sets the main stack pointer's limit: an instruction that would move the pointer below it faults instead (Armv8-M
// Architecture Reference Manual, B3.22). No memory protection region is needed.

#include "stack_guard.hpp"

#include "linker_symbols.hpp"

namespace tmc::board {

void guard_stack() {
  asm volatile("msr msplim, %0" ::"r"(tmc_ld_stack_limit));
}

}  // namespace tmc::board
