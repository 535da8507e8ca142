// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Reset and clock control (RM0433, chapter 8). Oscillators and PLLs are ready as soon as they are on, and the switch of
// the system clock is mirrored at once: their start-up times are not modelled. What the tree makes of the registers is
// in chip/clocks.cpp.

#include "tmc/sim/chip/chip.hpp"

namespace tmc::sim {
namespace {

class Rcc final : public RegisterPeripheral<Rcc> {
 public:
  using RegisterPeripheral::RegisterPeripheral;
  static std::span<const RegisterOf<Rcc>> registers();

 private:
  // Each oscillator's ready bit follows its on bit (8.7.2); the one that runs the core cannot be switched off.
  uint32_t write_cr(uint32_t before, uint32_t written);
  uint32_t write_cfgr(uint32_t before, uint32_t written);
  uint32_t write_csr(uint32_t, uint32_t written) { return (written & 1U) | (written & 1U) << 1; }
  uint32_t write_bdcr(uint32_t, uint32_t written) { return (written & 0x0001837D) | (written & 1U) << 1; }
  uint32_t write_rsr(uint32_t before, uint32_t written) {
    constexpr uint32_t kRmvf = 1U << 16;
    return (written & kRmvf) != 0 ? 0 : before;
  }
};

constexpr uint32_t kCrOffset = 0x00, kCfgrOffset = 0x10;

// On bit and ready bit of CR: HSI, CSI, HSI48, HSE, PLL1 to PLL3.
constexpr struct {
  unsigned on, ready;
} kOscillators[] = {{0, 2}, {7, 8}, {12, 13}, {16, 17}, {24, 25}, {26, 27}, {28, 29}};

uint32_t Rcc::write_cr(uint32_t before, uint32_t written) {
  constexpr uint32_t kWritable = 0x150D12FB;
  uint32_t value = (before & ~kWritable) | (written & kWritable);
  constexpr unsigned kOfSwitch[] = {0, 7, 16, 24};  // HSI, CSI, HSE, PLL1
  const uint32_t system = 1U << kOfSwitch[kept(kCfgrOffset) >> 3 & 3U];
  if ((value & system) == 0) {
    chip().say("RCC.CR: the oscillator that runs the core cannot be switched off");
    value |= system;
  }
  for (const auto& [on, ready] : kOscillators) {
    value = (value >> on & 1U) != 0 ? value | 1U << ready : value & ~(1U << ready);
  }
  constexpr uint32_t kHsiDivFlag = 1U << 5, kDomainsReady = 3U << 14;
  return value | kHsiDivFlag | kDomainsReady;
}

uint32_t Rcc::write_cfgr(uint32_t before, uint32_t written) {
  constexpr unsigned kReady[] = {2, 8, 17, 25};
  const uint32_t wanted = written & 7U;
  const bool possible = wanted < 4 && (kept(kCrOffset) >> kReady[wanted] & 1U) != 0;
  if (!possible) chip().say("RCC.CFGR: the core is switched to an oscillator that is not ready; it stays where it is");
  const uint32_t status = possible ? wanted << 3 : before & 0x38U;
  return (written & 0xFFFFFFC7U) | status;
}

std::span<const RegisterOf<Rcc>> Rcc::registers() {
  static constexpr RegisterOf<Rcc> kRegisters[] = {
      {.name = "CR", .offset = 0x00, .reset = 0x0000C025, .write = &Rcc::write_cr},
      {.name = "HSICFGR", .offset = 0x04, .reset = 0x40000000, .writable = 0x7F000000},
      {.name = "CRRCR", .offset = 0x08},
      {.name = "CSICFGR", .offset = 0x0C, .reset = 0x20000000, .writable = 0x3F000000},
      {.name = "CFGR", .offset = 0x10, .write = &Rcc::write_cfgr},
      {.name = "D1CFGR", .offset = 0x18, .writable = 0x00000F7F},
      {.name = "D2CFGR", .offset = 0x1C, .writable = 0x00000770},
      {.name = "D3CFGR", .offset = 0x20, .writable = 0x00000070},
      {.name = "PLLCKSELR", .offset = 0x28, .reset = 0x02020200, .writable = 0x03F3F3F3},
      {.name = "PLLCFGR", .offset = 0x2C, .reset = 0x01FF0000, .writable = 0x01FF0FFF},
      {.name = "PLL1DIVR", .offset = 0x30, .reset = 0x01010280, .writable = 0x7F7FFFFF},
      {.name = "PLL1FRACR", .offset = 0x34, .writable = 0x0000FFF8},
      {.name = "PLL2DIVR", .offset = 0x38, .reset = 0x01010280, .writable = 0x7F7FFFFF},
      {.name = "PLL2FRACR", .offset = 0x3C, .writable = 0x0000FFF8},
      {.name = "PLL3DIVR", .offset = 0x40, .reset = 0x01010280, .writable = 0x7F7FFFFF},
      {.name = "PLL3FRACR", .offset = 0x44, .writable = 0x0000FFF8},
      {.name = "D1CCIPR", .offset = 0x4C, .writable = 0x30010033},
      {.name = "D2CCIP1R", .offset = 0x50, .writable = 0xB13771C7},
      {.name = "D2CCIP2R", .offset = 0x54, .writable = 0x70F0333F},
      {.name = "D3CCIPR", .offset = 0x58, .writable = 0x77E7FF07},
      {.name = "CIER", .offset = 0x60, .writable = 0x000003FF},
      {.name = "CIFR", .offset = 0x64},
      {.name = "CICR", .offset = 0x68},
      {.name = "BDCR", .offset = 0x70, .write = &Rcc::write_bdcr},
      {.name = "CSR", .offset = 0x74, .write = &Rcc::write_csr},
      {.name = "AHB3RSTR", .offset = 0x7C, .writable = 0x80015031},
      {.name = "AHB1RSTR", .offset = 0x80, .writable = 0x0A008023},
      {.name = "AHB2RSTR", .offset = 0x84, .writable = 0x00000271},
      {.name = "AHB4RSTR", .offset = 0x88, .writable = 0x032807FF},
      {.name = "APB3RSTR", .offset = 0x8C, .writable = 0x00000008},
      {.name = "APB1LRSTR", .offset = 0x90, .writable = 0xE8FFC3FF},
      {.name = "APB1HRSTR", .offset = 0x94, .writable = 0x00000136},
      {.name = "APB2RSTR", .offset = 0x98, .writable = 0x31D73033},
      {.name = "APB4RSTR", .offset = 0x9C, .writable = 0x0020DEAA},
      {.name = "GCR", .offset = 0xA0, .writable = 0x00000001},
      {.name = "D3AMR", .offset = 0xA8, .writable = 0x3129DEA9},
      {.name = "RSR", .offset = 0xD0, .reset = 0x00E80000, .write = &Rcc::write_rsr},
      {.name = "AHB3ENR", .offset = 0xD4, .writable = 0x00015031},
      {.name = "AHB1ENR", .offset = 0xD8, .writable = 0x1E03C023},
      {.name = "AHB2ENR", .offset = 0xDC, .writable = 0xE0000271},
      {.name = "AHB4ENR", .offset = 0xE0, .writable = 0x132807FF},
      {.name = "APB3ENR", .offset = 0xE4, .writable = 0x00000048},
      {.name = "APB1LENR", .offset = 0xE8, .writable = 0xE8FFC3FF},
      {.name = "APB1HENR", .offset = 0xEC, .writable = 0x00000136},
      {.name = "APB2ENR", .offset = 0xF0, .writable = 0x31D73033},
      {.name = "APB4ENR", .offset = 0xF4, .reset = 0x00010000, .writable = 0x0021DEAA},
  };
  return kRegisters;
}

}  // namespace

void add_rcc(Chip& chip) {
  chip.add<Rcc>({.name = "RCC", .base = 0x58024400});
}

}  // namespace tmc::sim
