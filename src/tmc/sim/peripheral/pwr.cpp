// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Power control (RM0433, chapter 6). The regulator reaches a new voltage at once.

#include "tmc/sim/chip/chip.hpp"

namespace tmc::sim {
namespace {

constexpr uint32_t kD3Cr = 0x18;
constexpr uint32_t kVos = 3U << 14, kReady = 1U << 13;

class Pwr final : public RegisterPeripheral<Pwr> {
 public:
  using RegisterPeripheral::RegisterPeripheral;
  static std::span<const RegisterOf<Pwr>> registers();

 private:
  uint32_t read_csr1(uint32_t) { return (kept(kD3Cr) & kVos) | kReady; }
  uint32_t write_d3cr(uint32_t before, uint32_t written) {
    const uint32_t wanted = written & kVos;
    if (wanted == 0) chip().say("PWR.D3CR: VOS 0b00 is reserved: the voltage stays as it is (RM0433, 6.8.6)");
    return (wanted == 0 ? before & kVos : wanted) | kReady;
  }
};

std::span<const RegisterOf<Pwr>> Pwr::registers() {
  static constexpr RegisterOf<Pwr> kRegisters[] = {
      {.name = "CR1", .offset = 0x00, .reset = 0xF000C000, .writable = 0x0007C3F1},
      {.name = "CSR1", .offset = 0x04, .read = &Pwr::read_csr1},
      {.name = "CR2", .offset = 0x08, .writable = 0x00000011},
      {.name = "CR3", .offset = 0x0C, .reset = 0x00000006, .writable = 0x03000307},
      {.name = "CPUCR", .offset = 0x10, .writable = 0x00000A27},
      {.name = "D3CR", .offset = 0x18, .reset = 0x00006000, .write = &Pwr::write_d3cr},
      {.name = "WKUPCR", .offset = 0x20},
      {.name = "WKUPFR", .offset = 0x24},
      {.name = "WKUPEPR", .offset = 0x28, .writable = 0x0FFF3F3F},
  };
  return kRegisters;
}

}  // namespace

void add_pwr(Chip& chip) {
  chip.add<Pwr>({.name = "PWR", .base = 0x58024800});
}

}  // namespace tmc::sim
