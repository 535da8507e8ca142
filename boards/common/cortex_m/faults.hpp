// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Every exception that the image does not expect ends here: HardFault, and any interrupt that nobody enabled. The state
// is kept in `tmc_fault_record`, where a debugger finds it, and handed to `tmc_on_fault`, which never returns.

#include <stdint.h>

struct FaultRecord {
  uint32_t exception;  // number of the exception: 3 is HardFault
  uint32_t cfsr;       // configurable fault status
  uint32_t hfsr;       // HardFault status
  uint32_t mmfar;      // address of a memory management fault, if cfsr says that it is valid
  uint32_t bfar;       // the same for a bus fault
  uint32_t sp;         // where the core stacked the frame below; outside the stack when that overflowed
  uint32_t r0, r1, r2, r3, r12, lr, pc, xpsr;  // the stacked frame; zeros where `sp` cannot be read
};

extern "C" {

extern FaultRecord tmc_fault_record;

void tmc_fault_entry();

// The default halts a debugger that is attached and then stays where it is; the harness replaces it by a report.
[[noreturn]] void tmc_on_fault(const FaultRecord& record);

}  // extern "C"
