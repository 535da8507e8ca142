// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// From reset to `tmc_main`: the floating-point unit on, a guard under the stack, the board's memories on, the stack
// painted, .data copied and .bss cleared. No global constructors run: `sections.ld` refuses an image that has any.

#include <stdint.h>

#include "board.hpp"
#include "linker_symbols.hpp"
#include "stack.hpp"
#include "stack_guard.hpp"

namespace {

void enable_fpu() {
  volatile auto* const cpacr = reinterpret_cast<volatile uint32_t*>(0xE000ED88);
  *cpacr = *cpacr | (0xFU << 20);  // full access to CP10 and CP11
  asm volatile("dsb\n\tisb" ::: "memory");
}

void copy_words(const uint32_t* from, uint32_t* to, const uint32_t* end) {
  while (to != end) *to++ = *from++;
}

}  // namespace

extern "C" [[noreturn]] void tmc_reset() {
  enable_fpu();
  tmc::board::guard_stack();
  tmc_board_init();
  tmc::board::paint_stack();
  copy_words(tmc_ld_data_load, tmc_ld_data_begin, tmc_ld_data_end);
  copy_words(tmc_ld_pinned_load, tmc_ld_pinned_begin, tmc_ld_pinned_end);
  for (uint32_t* word = tmc_ld_bss_begin; word != tmc_ld_bss_end; ++word) *word = 0;
  tmc_main();
}
