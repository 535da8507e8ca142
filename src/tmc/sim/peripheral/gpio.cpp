// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Ports A to K of general-purpose pins (RM0433, chapter 11). A pin without anything at it reads its pull, or zero.

#include "tmc/sim/chip/chip.hpp"

namespace tmc::sim {
namespace {

constexpr uint32_t kModer = 0x00, kPupdr = 0x0C, kOdr = 0x14;

// After reset the pins of the debug port are not analog (11.4.1): PA13 to PA15, PB3 and PB4.
struct PortReset {
  uint32_t moder = 0xFFFFFFFF, ospeedr = 0, pupdr = 0;
};

class Gpio final : public RegisterPeripheral<Gpio> {
 public:
  Gpio(Chip& chip, Place place, PortReset at_reset) : RegisterPeripheral(chip, std::move(place)), at_reset_(at_reset) {}
  static std::span<const RegisterOf<Gpio>> registers();

  void reset() override {
    RegisterPeripheral::reset();
    store(kModer, at_reset_.moder);
    store(0x08, at_reset_.ospeedr);
    store(kPupdr, at_reset_.pupdr);
    lock_step_ = 0;
    locked_pins_ = 0;
  }

 private:
  uint32_t read_idr(uint32_t) {
    uint32_t levels = 0;
    for (unsigned pin = 0; pin < 16; ++pin) {
      const uint32_t mode = kept(kModer) >> (2 * pin) & 3U;
      const bool output = mode == 1;
      const bool pulled_up = (kept(kPupdr) >> (2 * pin) & 3U) == 1;
      if (mode != 3 && (output ? (kept(kOdr) >> pin & 1U) != 0 : pulled_up)) levels |= 1U << pin;
    }
    return levels;
  }
  // Set wins over reset (11.4.7).
  uint32_t write_bsrr(uint32_t, uint32_t written) {
    store(kOdr, (kept(kOdr) & ~(written >> 16)) | (written & 0xFFFFU));
    return 0;
  }
  uint32_t write_lckr(uint32_t before, uint32_t written);

  // Pins that are locked keep what they have: two bits, one bit or four bits a pin.
  template <unsigned kBits, unsigned kFirstPin>
  uint32_t keep_locked(uint32_t before, uint32_t written) {
    uint32_t locked = 0;
    for (unsigned pin = kFirstPin; pin < 16 && (pin - kFirstPin) * kBits < 32; ++pin) {
      if ((locked_pins_ >> pin & 1U) != 0) locked |= ((1U << kBits) - 1) << ((pin - kFirstPin) * kBits);
    }
    if ((locked & (before ^ written)) != 0)
      chip().say(place().name + ": a pin that is locked until reset was configured");
    return (before & locked) | (written & ~locked);
  }

  PortReset at_reset_;
  unsigned lock_step_ = 0;
  uint32_t locked_pins_ = 0;
};

// Key and pins, pins alone, key and pins: with the same pins each time, then they are locked (11.4.8).
uint32_t Gpio::write_lckr(uint32_t before, uint32_t written) {
  constexpr uint32_t kKey = 1U << 16;
  const uint32_t pins = written & 0xFFFFU;
  if (locked_pins_ != 0) return before;
  const bool key = (written & kKey) != 0;
  const bool same = lock_step_ == 0 || pins == (before & 0xFFFFU);
  if (!same || key != (lock_step_ != 1)) {
    lock_step_ = key ? 1 : 0;
    return pins;
  }
  if (++lock_step_ < 3) return pins;
  locked_pins_ = pins;
  return kKey | pins;
}

std::span<const RegisterOf<Gpio>> Gpio::registers() {
  static constexpr RegisterOf<Gpio> kRegisters[] = {
      {.name = "MODER", .offset = 0x00, .write = &Gpio::keep_locked<2, 0>},
      {.name = "OTYPER", .offset = 0x04, .write = &Gpio::keep_locked<1, 0>},
      {.name = "OSPEEDR", .offset = 0x08, .write = &Gpio::keep_locked<2, 0>},
      {.name = "PUPDR", .offset = 0x0C, .write = &Gpio::keep_locked<2, 0>},
      {.name = "IDR", .offset = 0x10, .read = &Gpio::read_idr},
      {.name = "ODR", .offset = 0x14, .writable = 0x0000FFFF},
      {.name = "BSRR", .offset = 0x18, .write = &Gpio::write_bsrr},
      {.name = "LCKR", .offset = 0x1C, .write = &Gpio::write_lckr},
      {.name = "AFRL", .offset = 0x20, .write = &Gpio::keep_locked<4, 0>},
      {.name = "AFRH", .offset = 0x24, .write = &Gpio::keep_locked<4, 8>},
  };
  return kRegisters;
}

}  // namespace

void add_gpio(Chip& chip) {
  constexpr uint32_t kAhb4Enr = 0xE0;
  for (uint32_t port = 0; port < 11; ++port) {
    PortReset at_reset;
    if (port == 0) at_reset = {0xABFFFFFF, 0x0C000000, 0x64000000};
    if (port == 1) at_reset = {0xFFFFFEBF, 0x000000C0, 0x00000100};
    const std::string name = std::string("GPIO") + static_cast<char>('A' + port);
    chip.add<Gpio>({.name = name, .base = 0x58020000 + 0x400 * port, .gate = Gate{kAhb4Enr, port}}, at_reset);
  }
}

}  // namespace tmc::sim
