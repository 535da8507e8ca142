// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "faults.hpp"

#include <stdint.h>

#include "linker_symbols.hpp"

FaultRecord tmc_fault_record;

namespace {

constexpr uint32_t kFrameWords = 8;

uint32_t read_register(uint32_t address) {
  return *reinterpret_cast<volatile uint32_t*>(address);
}

bool holds_frame(const uint32_t* frame) {
  return frame >= tmc_ld_stack_limit && frame + kFrameWords <= tmc_ld_stack_top;
}

}  // namespace

extern "C" [[noreturn, gnu::used]] void tmc_fault_report(const uint32_t* frame) {
  FaultRecord& record = tmc_fault_record;
  asm volatile("mrs %0, ipsr" : "=r"(record.exception));
  record.cfsr = read_register(0xE000ED28);
  record.hfsr = read_register(0xE000ED2C);
  record.mmfar = read_register(0xE000ED34);
  record.bfar = read_register(0xE000ED38);
  record.sp = reinterpret_cast<uintptr_t>(frame);
  if (holds_frame(frame)) {
    uint32_t* const saved = &record.r0;
    for (uint32_t i = 0; i < kFrameWords; ++i) saved[i] = frame[i];
  }
  tmc_on_fault(record);
}

// The stack may be what failed, so the report starts on an empty one.
extern "C" [[gnu::naked]] void tmc_fault_entry() {
  asm volatile(
      "mov r0, sp\n\t"
      "movw r1, #:lower16:tmc_ld_stack_top\n\t"
      "movt r1, #:upper16:tmc_ld_stack_top\n\t"
      "mov sp, r1\n\t"
      "b tmc_fault_report");
}

extern "C" [[noreturn, gnu::weak]] void tmc_on_fault(const FaultRecord&) {
  constexpr uint32_t kDhcsr = 0xE000EDF0;
  constexpr uint32_t kDebuggerAttached = 1;
  if ((read_register(kDhcsr) & kDebuggerAttached) != 0) asm volatile("bkpt #0");
  for (;;) asm volatile("wfi");
}
