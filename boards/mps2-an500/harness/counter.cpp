// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Under `qemu-system-arm -icount shift=6` every instruction takes 64 ns of the machine's time, and TIMER0 (CMSDK APB
// timer, Cortex-M System Design Kit TRM, 4.2) counts it in ticks of 40 ns. The k-th instruction after the start is seen
// as ceil(1.6 k) ticks; more than one tick per instruction means that k is recovered exactly. The timer wraps after
// 2.7 * 10^9 instructions; how often it did is seen from the first of the dual timers (4.3), which counts every 256th
// tick.

#include "counter.hpp"

namespace {

struct Timer {
  uint32_t control;
  uint32_t value;  // counts down
  uint32_t reload;
  uint32_t interrupt_status;
};

struct DualTimer {
  uint32_t load;
  uint32_t value;  // counts down
  uint32_t control;
};

constexpr uint32_t kEnable = 1U << 0;
constexpr uint32_t kFull = 0xFFFFFFFF;
constexpr uint32_t kDual32Bits = 1U << 1;
constexpr uint32_t kDualDivideBy256 = 2U << 2;
constexpr uint32_t kDualEnable = 1U << 7;
constexpr uint64_t kTicksPerCoarse = 256;

volatile Timer& timer() {
  return *reinterpret_cast<volatile Timer*>(0x40000000);
}

volatile DualTimer& dual_timer() {
  return *reinterpret_cast<volatile DualTimer*>(0x40002000);
}

// Since the start. The two timers started a few ticks apart, and one tick of the coarse one is far less than a turn of
// the fine one: the nearest whole number of turns is the right one.
uint64_t ticks(tmc::board::Reading reading) {
  const uint64_t about = (kFull - reading.coarse) * kTicksPerCoarse;
  const uint32_t fine = kFull - reading.fine;
  const uint64_t turns = (about + (uint64_t{1} << 31) - fine) >> 32;
  return (turns << 32) + fine;
}

}  // namespace

namespace tmc::board {

void counter_start() {
  timer().control = 0;
  dual_timer().control = 0;
  dual_timer().load = kFull;
  timer().reload = kFull;
  timer().value = kFull;
  dual_timer().control = kDualEnable | kDual32Bits | kDualDivideBy256;
  timer().control = kEnable;
}

Reading counter_read() {
  const uint32_t fine = timer().value;
  return {fine, dual_timer().value};
}

uint64_t counter_instructions(Reading from, Reading to) {
  const auto at = [](Reading reading) { return ticks(reading) * 40 / 64; };
  return at(to) - at(from);
}

}  // namespace tmc::board
