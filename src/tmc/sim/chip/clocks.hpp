// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The clock tree as far as software can tell: hertz of the core, of its buses and of their timers (RM0433, 8.5).

#include <cstdint>
#include <functional>

namespace tmc::sim {

struct Clocks {
  double core = 64e6;
  double ahb = 64e6;
  double apb1 = 64e6, apb2 = 64e6, apb3 = 64e6, apb4 = 64e6;
  double timers1 = 64e6, timers2 = 64e6;  // of APB1 and APB2

  double core_cycles(double ticks, double hertz) const { return ticks * core / hertz; }
};

// From the registers of RCC, by offset. What runs from an external crystal is taken to have 25 MHz, which is what ST's
// boards of this part have on HSE: assumed, since no register says it.
Clocks clocks_of(const std::function<uint32_t(uint32_t offset)>& rcc);

}  // namespace tmc::sim
