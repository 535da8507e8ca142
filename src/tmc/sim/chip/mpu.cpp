// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/sim/chip/mpu.hpp"

namespace tmc::sim {
namespace {

// AP of RASR (table B3-15): what it lets be read and written.
bool permits(uint32_t access, bool write, bool privileged) {
  switch (access) {
    case 1:
      return privileged;
    case 2:
      return privileged || !write;
    case 3:
      return true;
    case 5:
      return privileged && !write;
    case 6:
    case 7:
      return !write;
    default:
      return false;
  }
}

bool default_map_executes(uint32_t address) {
  const uint32_t part = address >> 29;  // B3.1: code, SRAM, peripheral, RAM, RAM, device, device, system
  return part != 2 && part < 5;
}

}  // namespace

bool MpuRegion::holds(uint32_t address) const {
  if (!enabled()) return false;
  // The base is aligned to the size: bits below it are ignored.
  const uint64_t within = address - (base & ~(bytes() - 1));
  if (within >= bytes()) return false;
  const bool has_subregions = bytes() >= 256;
  const auto subregion = static_cast<unsigned>(within / (bytes() / 8));
  return !has_subregions || (attributes_size >> (8 + subregion) & 1U) == 0;
}

bool Mpu::allows(uint32_t address, AccessKind kind, bool privileged, bool negative_priority) const {
  const bool system = address >= 0xE0000000;
  if (!on(negative_priority) || system) {
    return kind != AccessKind::kExecute || default_map_executes(address);
  }
  for (unsigned i = kRegions; i-- > 0;) {
    if (!regions[i].holds(address)) continue;
    const uint32_t attributes = regions[i].attributes_size;
    if (!permits(attributes >> 24 & 7U, kind == AccessKind::kWrite, privileged)) return false;
    return kind != AccessKind::kExecute || (attributes >> 28 & 1U) == 0;
  }
  if (!privileged || (control & kDefaultMap) == 0) return false;
  return kind != AccessKind::kExecute || default_map_executes(address);
}

}  // namespace tmc::sim
