// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Taking an exception and returning from one (Armv7-M reference manual, B1.5.6 to B1.5.8), with the floating-point
// context stacked when it is first needed (B1.5.7).

#include "tmc/sim/chip/exceptions.hpp"
#include "tmc/sim/chip/mpu.hpp"

namespace tmc::sim {

enum class EntryResult { kTaken, kLockup };

// Stacks the frame and continues at the handler of `number`. Where stacking fails the fault of that is taken instead,
// as the architecture has it (derived exceptions, B1.5.11); kLockup where that is not possible either.

EntryResult take_exception(Core& core, Exceptions& exceptions, const Mpu& mpu, unsigned number);

// What a branch to `exc_return` in handler mode does. Another pending exception is taken without unstacking (tail-
// chaining, B1.5.12). A return that is not consistent is a UsageFault.
EntryResult return_from_exception(Core& core, Exceptions& exceptions, const Mpu& mpu, uint32_t exc_return);

// To be called before a floating-point instruction. False: the coprocessor is off, which is a UsageFault (NOCP).
bool prepare_float(Core& core, Exceptions& exceptions);

}  // namespace tmc::sim
