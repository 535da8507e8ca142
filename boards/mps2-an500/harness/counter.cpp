// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Under `qemu-system-arm -icount shift=6` every instruction takes 64 ns of the machine's time, and TIMER0 (CMSDK APB
// timer, Cortex-M System Design Kit TRM, 4.2) counts it in ticks of 40 ns. The k-th instruction after the start is seen
// as ceil(1.6 k) ticks; more than one tick per instruction means that k is recovered exactly.

#include "counter.hpp"

namespace {

struct Timer {
  uint32_t control;
  uint32_t value;  // counts down
  uint32_t reload;
  uint32_t interrupt_status;  // write 1 to clear
};

constexpr uint32_t kEnable = 1U << 0;
constexpr uint32_t kInterruptEnable = 1U << 3;
constexpr uint32_t kFull = 0xFFFFFFFF;

volatile Timer& timer() {
  return *reinterpret_cast<volatile Timer*>(0x40000000);
}

}  // namespace

namespace tmc::board {

void counter_start() {
  timer().control = 0;
  timer().reload = kFull;
  timer().value = kFull;
  timer().interrupt_status = 1;
  // The interrupt stays off in the core; its status bit tells that the timer wrapped.
  timer().control = kEnable | kInterruptEnable;
}

uint32_t counter_read() {
  return timer().value;
}

uint64_t counter_instructions(uint32_t from, uint32_t to) {
  const auto at = [](uint32_t value) { return static_cast<uint64_t>(kFull - value) * 40 / 64; };
  return at(to) - at(from);
}

bool counter_wrapped() {
  return timer().interrupt_status != 0;
}

}  // namespace tmc::board
