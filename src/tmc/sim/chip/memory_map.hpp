// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The memories of the STM32H743 (RM0433, 2.3.2 and table 7). SRAM1 to SRAM3 answer once RCC gives them a clock; before,
// an access is taken to be a bus error.

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "tmc/sim/chip/peripheral.hpp"

namespace tmc::sim {

struct Memory {
  std::string_view name;
  uint32_t base;
  uint32_t bytes;
  bool writable;  // by the core's stores
  std::optional<Gate> gate = std::nullopt;
};

std::span<const Memory> memories();
// Null where there is none.
const Memory* find_memory(uint32_t address);

struct AddressRange {
  uint32_t base, bytes;
};

// Where peripherals can be: of the chip, and of the core.
std::span<const AddressRange> device_ranges();

}  // namespace tmc::sim
