// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// The core has no counter of instructions. The simulator counts them and says how many by SYS_ELAPSED of Arm
// semihosting, whose ticks are instructions there.

#include "counter.hpp"

namespace {

uint32_t elapsed(tmc::board::Reading& reading) {
  constexpr uint32_t kElapsed = 0x30;
  register uint32_t r0 asm("r0") = kElapsed;
  register void* r1 asm("r1") = &reading;
  asm volatile("bkpt #0xAB" : "+r"(r0) : "r"(r1) : "memory");
  return r0;
}

uint64_t whole(tmc::board::Reading reading) {
  return uint64_t{reading.coarse} << 32 | reading.fine;
}

}  // namespace

namespace tmc::board {

// It counts from reset on.
void counter_start() {}

Reading counter_read() {
  Reading reading{};
  elapsed(reading);
  return reading;
}

uint64_t counter_instructions(Reading from, Reading to) {
  return whole(to) - whole(from);
}

}  // namespace tmc::board
