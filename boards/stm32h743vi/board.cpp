// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// STM32H743VI. The part stays on the 64 MHz internal oscillator that it starts from, with the caches off (README.md).

#include "board.hpp"
#include "vectors.hpp"

// RM0433, table 143: 150 interrupts reach the core.
extern "C" [[gnu::section(".vectors"), gnu::used]] constexpr auto tmc_vectors = tmc::board::vector_table<150>();

// The three SRAMs of domain D2 have no clock after reset (RM0433, 8.7.41, RCC_AHB2ENR).
extern "C" void tmc_board_init() {
  constexpr uint32_t kSram1Sram2Sram3 = 7U << 29;
  volatile auto* const rcc_ahb2enr = reinterpret_cast<volatile uint32_t*>(0x580244DC);
  *rcc_ahb2enr = *rcc_ahb2enr | kSram1Sram2Sram3;
  asm volatile("dsb" ::: "memory");
}
