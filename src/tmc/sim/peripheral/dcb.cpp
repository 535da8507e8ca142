// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Debug control block (Armv7-M reference manual, C1.6). No debugger is attached: DHCSR says so.

#include "tmc/sim/chip/chip.hpp"

namespace tmc::sim {
namespace {

class Dcb final : public RegisterPeripheral<Dcb> {
 public:
  using RegisterPeripheral::RegisterPeripheral;
  static std::span<const RegisterOf<Dcb>> registers() {
    static constexpr RegisterOf<Dcb> kRegisters[] = {
        {.name = "DHCSR", .offset = 0x00, .reset = 0x00010000},
        {.name = "DCRSR", .offset = 0x04},
        {.name = "DCRDR", .offset = 0x08, .writable = 0xFFFFFFFF},
        {.name = "DEMCR", .offset = 0x0C, .writable = 0x010F07F1},
    };
    return kRegisters;
  }
};

}  // namespace

void add_dcb(Chip& chip) {
  chip.add<Dcb>({.name = "DCB", .base = 0xE000EDF0, .bytes = 0x10});
}

}  // namespace tmc::sim
