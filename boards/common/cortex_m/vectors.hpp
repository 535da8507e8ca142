// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The vector table of an Armv7-M or Armv8-M core with `kInterrupts` external interrupts (Armv7-M Architecture Reference
// Manual, B1.5.3; Armv8-M, B3.30). A board defines one constant of this type in section `.vectors`:
//
//   [[gnu::section(".vectors"), gnu::used]] constexpr auto tmc_vectors = tmc::board::vector_table<32>();
//
// The images enable no interrupt, so every entry but reset leads to the fault report.

#include <stdint.h>

#include "board.hpp"
#include "faults.hpp"
#include "linker_symbols.hpp"

namespace tmc::board {

template <uint32_t kInterrupts>
struct VectorTable {
  const uint32_t* stack_top;
  void (*reset)();
  void (*handlers[14 + kInterrupts])();
};

template <uint32_t kInterrupts>
constexpr VectorTable<kInterrupts> vector_table() {
  VectorTable<kInterrupts> table{tmc_ld_stack_top, tmc_reset, {}};
  for (auto& handler : table.handlers) handler = tmc_fault_entry;
  return table;
}

}  // namespace tmc::board
