// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// CRC unit (RM0433, chapter 22): polynomials of 7, 8, 16 and 32 bits, input and output reversed on request. What is
// written as a byte or half-word is taken as such.

#include <bit>

#include "tmc/sim/chip/chip.hpp"

namespace tmc::sim {
namespace {

constexpr uint32_t kCr = 0x08, kInit = 0x10, kPol = 0x14;

uint32_t reversed(uint32_t value, unsigned bits) {
  uint32_t result = 0;
  for (unsigned i = 0; i < bits; ++i) result |= (value >> i & 1U) << (bits - 1 - i);
  return result;
}

class Crc final : public RegisterPeripheral<Crc> {
 public:
  using RegisterPeripheral::RegisterPeripheral;
  static std::span<const RegisterOf<Crc>> registers();

  void reset() override {
    RegisterPeripheral::reset();
    value_ = 0xFFFFFFFF;
  }

 private:
  unsigned width() const {
    constexpr unsigned kWidths[] = {32, 16, 8, 7};
    return kWidths[kept(kCr) >> 3 & 3U];
  }
  uint32_t mask() const { return width() == 32 ? 0xFFFFFFFF : (1U << width()) - 1; }

  uint32_t read_dr(uint32_t) {
    const bool reverse = (kept(kCr) >> 7 & 1U) != 0;
    return reverse ? reversed(value_, width()) : value_ & mask();
  }
  uint32_t write_dr(uint32_t, uint32_t written);
  uint32_t write_cr(uint32_t, uint32_t written) {
    if ((written & 1U) != 0) value_ = kept(kInit);
    return written & 0xF8U;
  }
  // A new initial value is the value too (22.4.4).
  uint32_t write_init(uint32_t, uint32_t written) { return value_ = written; }

  uint32_t value_ = 0xFFFFFFFF;
};

uint32_t Crc::write_dr(uint32_t, uint32_t written) {
  const auto bits = static_cast<unsigned>(std::popcount(lanes()));
  uint32_t data = written >> std::countr_zero(lanes());
  if (bits < 32) data &= (1U << bits) - 1;
  constexpr unsigned kGroups[] = {1, 8, 16, 32};
  const unsigned group = std::min(bits, kGroups[kept(kCr) >> 5 & 3U]);
  if (group > 1) {
    uint32_t turned = 0;
    for (unsigned at = 0; at < bits; at += group) {
      const uint32_t part = group == 32 ? data : data >> at & ((1U << group) - 1);
      turned |= reversed(part, group) << at;
    }
    data = turned;
  }
  for (unsigned i = bits; i-- > 0;) {
    const bool feedback = ((value_ >> (width() - 1)) ^ (data >> i)) & 1U;
    value_ = (value_ << 1 ^ (feedback ? kept(kPol) : 0)) & mask();
  }
  return 0;
}

std::span<const RegisterOf<Crc>> Crc::registers() {
  static constexpr RegisterOf<Crc> kRegisters[] = {
      {.name = "DR", .offset = 0x00, .read = &Crc::read_dr, .write = &Crc::write_dr},
      {.name = "IDR", .offset = 0x04, .writable = 0xFFFFFFFF},
      {.name = "CR", .offset = 0x08, .write = &Crc::write_cr},
      {.name = "INIT", .offset = 0x10, .reset = 0xFFFFFFFF, .write = &Crc::write_init},
      {.name = "POL", .offset = 0x14, .reset = 0x04C11DB7, .writable = 0xFFFFFFFF},
  };
  return kRegisters;
}

}  // namespace

void add_crc(Chip& chip) {
  chip.add<Crc>({.name = "CRC", .base = 0x58024C00, .gate = Gate{0xE0, 19}});
}

}  // namespace tmc::sim
