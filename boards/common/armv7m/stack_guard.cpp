// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Forbids the 256 kB under the stack (ARMv7-M Architecture Reference Manual, B3.5). Everything else keeps the default
// memory map.

#include "stack_guard.hpp"

#include <stdint.h>

#include "linker_symbols.hpp"

namespace tmc::board {

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

}  // namespace tmc::board
