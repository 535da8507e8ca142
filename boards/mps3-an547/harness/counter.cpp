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

Reading counter_read() {
  const uint32_t before = counter().high;
  const uint32_t low = counter().low;
  const uint32_t after = counter().high;
  // The word of that moment, should `low` have wrapped between the three: the later one where it is small. Without a
  // branch, which would not always take as many instructions.
  return {low, before + ((after - before) & ((low >> 31) ^ 1))};
}

uint64_t counter_instructions(Reading from, Reading to) {
  // ticks / 2.048, rounded up
  const auto at = [](Reading reading) { return ((uint64_t{reading.coarse} << 32 | reading.fine) * 125 + 255) / 256; };
  return at(to) - at(from);
}

}  // namespace tmc::board
