// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// From reset to `tmc_main`: the floating-point unit on, a guard under the stack, the board's memories on, the stack
// painted, .data copied and .bss cleared. No global constructors run: `sections.ld` refuses an image that has any.

#include <stdint.h>

#include "board.hpp"
#include "linker_symbols.hpp"
#include "stack.hpp"

namespace {

void enable_fpu() {
  volatile auto* const cpacr = reinterpret_cast<volatile uint32_t*>(0xE000ED88);
  *cpacr = *cpacr | (0xFU << 20);  // full access to CP10 and CP11
  asm volatile("dsb\n\tisb" ::: "memory");
}

// Forbids the 256 kB under the stack, so that an overflow is a fault at once (ARMv7-M Architecture Reference Manual,
// B3.5). Everything else keeps the default memory map.
void guard_stack() {
  struct Mpu {
    uint32_t type, control, number, base, attributes_size;
  };
  constexpr uint32_t kGuardBytes = 256 * 1024;
  constexpr uint32_t kNoAccessNoExecute = 1U << 28;
  constexpr uint32_t kSizeField = 17U << 1;  // 2^(17 + 1) bytes
  constexpr uint32_t kRegionEnable = 1;
  constexpr uint32_t kEnableWithDefaultMap = 1U << 2 | 1U << 0;
  volatile Mpu& mpu = *reinterpret_cast<volatile Mpu*>(0xE000ED90);
  mpu.number = 0;
  mpu.base = reinterpret_cast<uintptr_t>(tmc_ld_stack_limit) - kGuardBytes;
  mpu.attributes_size = kNoAccessNoExecute | kSizeField | kRegionEnable;
  mpu.control = kEnableWithDefaultMap;
  asm volatile("dsb\n\tisb" ::: "memory");
}

}  // namespace

extern "C" [[noreturn]] void tmc_reset() {
  enable_fpu();
  guard_stack();
  tmc_board_init();
  tmc::board::paint_stack();
  const uint32_t* load = tmc_ld_data_load;
  for (uint32_t* word = tmc_ld_data_begin; word != tmc_ld_data_end; ++word) *word = *load++;
  for (uint32_t* word = tmc_ld_bss_begin; word != tmc_ld_bss_end; ++word) *word = 0;
  tmc_main();
}
