// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Under the emulator a fault is printed and ends the run with exit code 3.

#include "faults.hpp"
#include "linker_symbols.hpp"
#include "semihosting.hpp"

namespace {

void line(const char* name, uint32_t value) {
  tmc::board::print(name);
  tmc::board::print_hex(value);
  tmc::board::print("\n");
}

}  // namespace

extern "C" [[noreturn]] void tmc_on_fault(const FaultRecord& record) {
  // An Armv8-M core says so itself and keeps the pointer; on Armv7-M the bit is never set, and the pointer tells.
  constexpr uint32_t kStackOverflow = 1U << 20;
  const bool overflow =
      record.sp < reinterpret_cast<uintptr_t>(tmc_ld_stack_limit) || (record.cfsr & kStackOverflow) != 0;
  tmc::board::print(overflow ? "harness: stack overflow\n" : "harness: the core took a fault\n");
  line("  exception ", record.exception);
  line("  pc        ", record.pc);
  line("  lr        ", record.lr);
  line("  sp        ", record.sp);
  line("  cfsr      ", record.cfsr);
  line("  hfsr      ", record.hfsr);
  line("  mmfar     ", record.mmfar);
  line("  bfar      ", record.bfar);
  tmc::board::exit(3);
}
