// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Flash interface (RM0433, chapter 4): wait states and the lock of each bank. Erasing and programming are not modelled:
// the control register says so when they are asked for.

#include <array>

#include "tmc/sim/chip/chip.hpp"

namespace tmc::sim {
namespace {

constexpr uint32_t kLock = 1U << 0;
constexpr uint32_t kCr[] = {0x0C, 0x10C};

class Flash final : public RegisterPeripheral<Flash> {
 public:
  using RegisterPeripheral::RegisterPeripheral;
  static std::span<const RegisterOf<Flash>> registers();

  void reset() override {
    RegisterPeripheral::reset();
    steps_ = {};
    blocked_ = {};
  }

 private:
  // Two keys in a row open a bank; any other value blocks it until reset (4.9.2), by a bus error on the part.
  template <unsigned kBank>
  uint32_t write_key(uint32_t, uint32_t written) {
    constexpr uint32_t kKeys[] = {0x45670123, 0xCDEF89AB};
    if (blocked_[kBank] || (kept(kCr[kBank]) & kLock) == 0) return 0;
    if (written != kKeys[steps_[kBank]]) {
      blocked_[kBank] = true;
      chip().say("FLASH: a wrong key keeps the bank locked until reset");
    } else if (++steps_[kBank] == 2) {
      set_bits(kCr[kBank], kLock, false);
      steps_[kBank] = 0;
    }
    return 0;
  }

  template <unsigned kBank>
  uint32_t write_cr(uint32_t before, uint32_t written) {
    constexpr uint32_t kWork = 1U << 1 | 1U << 2 | 1U << 3;  // PG, SER, BER
    if ((before & kLock) != 0) {
      if (written != before) chip().say("FLASH: the control register was written while its bank is locked");
      return before;
    }
    if ((written & kWork) != 0) chip().say("FLASH: erasing and programming are not modelled");
    return written & 0x0FFF0F71U & ~kWork;
  }

  std::array<unsigned, 2> steps_{};
  std::array<bool, 2> blocked_{};
};

std::span<const RegisterOf<Flash>> Flash::registers() {
  static constexpr RegisterOf<Flash> kRegisters[] = {
      {.name = "ACR", .offset = 0x000, .reset = 0x00000037, .writable = 0x0000003F},
      {.name = "KEYR1", .offset = 0x004, .write = &Flash::write_key<0>},
      {.name = "OPTKEYR", .offset = 0x008},
      {.name = "CR1", .offset = 0x00C, .reset = 0x00000031, .write = &Flash::write_cr<0>},
      {.name = "SR1", .offset = 0x010},
      {.name = "CCR1", .offset = 0x014},
      {.name = "OPTCR", .offset = 0x018, .reset = 0x00000001},
      {.name = "KEYR2", .offset = 0x104, .write = &Flash::write_key<1>},
      {.name = "CR2", .offset = 0x10C, .reset = 0x00000031, .write = &Flash::write_cr<1>},
      {.name = "SR2", .offset = 0x110},
      {.name = "CCR2", .offset = 0x114},
  };
  return kRegisters;
}

}  // namespace

void add_flash(Chip& chip) {
  chip.add<Flash>({.name = "FLASH", .base = 0x52002000, .bytes = 0x1000});
}

}  // namespace tmc::sim
