// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/sim/chip/memory_map.hpp"

namespace tmc::sim {
namespace {

constexpr uint32_t kAhb2Enr = 0xDC;

constexpr Memory kMemories[] = {
    {"ITCM", 0x00000000, 64 << 10, true},
    {"FLASH", 0x08000000, 2 << 20, false},
    {"system memory", 0x1FF00000, 128 << 10, false},
    {"DTCM", 0x20000000, 128 << 10, true},
    {"AXI SRAM", 0x24000000, 512 << 10, true},
    {"SRAM1", 0x30000000, 128 << 10, true, Gate{kAhb2Enr, 29}},
    {"SRAM2", 0x30020000, 128 << 10, true, Gate{kAhb2Enr, 30}},
    {"SRAM3", 0x30040000, 32 << 10, true, Gate{kAhb2Enr, 31}},
    {"SRAM4", 0x38000000, 64 << 10, true},
    {"backup SRAM", 0x38800000, 4 << 10, true},
};

constexpr AddressRange kDevices[] = {{0x40000000, 0x20000000}, {0xE0000000, 0x00100000}};

}  // namespace

std::span<const Memory> memories() {
  return kMemories;
}

const Memory* find_memory(uint32_t address) {
  for (const Memory& memory : kMemories) {
    if (address - memory.base < memory.bytes) return &memory;
  }
  return nullptr;
}

std::span<const AddressRange> device_ranges() {
  return kDevices;
}

}  // namespace tmc::sim
