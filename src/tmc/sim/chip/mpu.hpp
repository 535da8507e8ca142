// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The memory protection unit of Armv7-M (reference manual, B3.5): 16 regions, of which the one with the highest number
// that holds an address decides, each with eight subregions that can be left out.

#include <array>
#include <cstdint>

namespace tmc::sim {

struct MpuRegion {
  uint32_t base = 0;             // RBAR without its low bits
  uint32_t attributes_size = 0;  // RASR

  bool enabled() const { return (attributes_size & 1U) != 0; }
  uint64_t bytes() const { return uint64_t{2} << (attributes_size >> 1 & 31U); }
  bool holds(uint32_t address) const;
};

enum class AccessKind : uint8_t { kRead, kWrite, kExecute };

class Mpu {
 public:
  static constexpr unsigned kRegions = 16;

  void reset() {
    const uint64_t changes = changes_ + 1;
    *this = Mpu();
    changes_ = changes;
  }

  // Counts what changes what is allowed.
  void changed() { ++changes_; }
  uint64_t changes() const { return changes_; }

  // The registers as they are.
  uint32_t control = 0;
  uint32_t number = 0;
  std::array<MpuRegion, kRegions> regions;

  // `negative_priority`: in NMI, HardFault or with FAULTMASK, where HFNMIENA decides whether the MPU is on.
  bool allows(uint32_t address, AccessKind kind, bool privileged, bool negative_priority) const;
  bool on(bool negative_priority) const {
    return (control & kEnable) != 0 && (!negative_priority || (control & kInFaults) != 0);
  }

 private:
  static constexpr uint32_t kEnable = 1, kInFaults = 2, kDefaultMap = 4;
  uint64_t changes_ = 0;
};

}  // namespace tmc::sim
