// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Under `qemu-system-arm -icount shift=6` every instruction takes 64 ns of the machine's time, and the subsystem's
// counter (Arm SSE-300 Technical Reference Manual, system counter) counts it in ticks of 31.25 ns. The k-th instruction
// after the start is seen as floor(2.048 k) ticks; more than one tick per instruction means that k is recovered
// exactly.

#include "counter.hpp"

namespace {

struct SystemCounter {
  uint32_t control;
  uint32_t status;
  uint32_t low, high;  // written only while stopped
};

constexpr uint32_t kEnable = 1U << 0;

volatile SystemCounter& counter() {
  return *reinterpret_cast<volatile SystemCounter*>(0x58100000);
}

}  // namespace

namespace tmc::board {

void counter_start() {
  counter().control = 0;
  counter().low = 0;
  counter().high = 0;
  counter().control = kEnable;
}

uint32_t counter_read() {
  return counter().low;
}

uint64_t counter_instructions(uint32_t from, uint32_t to) {
  // ticks / 2.048, rounded up
  const auto at = [](uint32_t ticks) { return (uint64_t{ticks} * 125 + 255) / 256; };
  return at(to) - at(from);
}

bool counter_wrapped() {
  return counter().high != 0;
}

}  // namespace tmc::board
