// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Nested vectored interrupt controller (Armv7-M reference manual, B3.4): 150 interrupts, a word for each 32.

#include <array>

#include "tmc/sim/chip/chip.hpp"

namespace tmc::sim {
namespace {

constexpr unsigned kWords = (kInterrupts + 31) / 32;
constexpr uint32_t kSetEnable = 0x000, kClearEnable = 0x080, kSetPending = 0x100, kClearPending = 0x180;
constexpr uint32_t kActive = 0x200, kPriority = 0x300;

// The registers are arrays, so that a table of rows would be a list of numbers; the kind is a block of addresses.
class Nvic final : public Peripheral {
 public:
  using Peripheral::Peripheral;

  void reset() override {}
  std::optional<uint32_t> read(uint32_t offset) override {
    return is_register(offset) ? kept(offset) : std::optional<uint32_t>();
  }
  bool write(uint32_t offset, uint32_t written, uint32_t lanes) override;
  uint32_t kept(uint32_t offset) const override;
  std::string_view register_name(uint32_t offset) const override;
  std::optional<uint32_t> register_offset(std::string_view name) const override;

 private:
  static bool is_register(uint32_t offset) {
    if (offset >= kPriority) return offset < kPriority + (kInterrupts + 3) / 4 * 4;
    return offset < kPriority && (offset & 0x7FU) < 4 * kWords && offset < kActive + 0x80;
  }
};

constexpr struct {
  uint32_t offset;
  std::string_view name;
} kKinds[] = {{kSetEnable, "ISER"},    {kClearEnable, "ICER"}, {kSetPending, "ISPR"},
              {kClearPending, "ICPR"}, {kActive, "IABR"},      {kPriority, "IPR"}};

uint32_t Nvic::kept(uint32_t offset) const {
  const Exceptions& exceptions = chip().exceptions();
  uint32_t word = 0;
  if (offset >= kPriority) {
    for (unsigned i = 0; i < 4; ++i) {
      const unsigned interrupt = offset - kPriority + i;
      if (interrupt < kInterrupts) word |= exceptions.priority(16 + interrupt) << (8 * i);
    }
    return word;
  }
  for (unsigned i = 0; i < 32; ++i) {
    const unsigned number = 16 + (offset & 0x7FU) * 8 + i;
    if (number >= kExceptions) break;
    const uint32_t kind = offset & ~0x7FU;
    const bool on = kind == kActive                                ? exceptions.is_active(number)
                    : kind == kSetPending || kind == kClearPending ? exceptions.is_pending(number)
                                                                   : exceptions.is_enabled(number);
    word |= uint32_t{on} << i;
  }
  return word;
}

bool Nvic::write(uint32_t offset, uint32_t written, uint32_t lanes) {
  if (!is_register(offset)) return false;
  Exceptions& exceptions = chip().exceptions();
  if (offset >= kPriority) {
    for (unsigned i = 0; i < 4; ++i) {
      const unsigned interrupt = offset - kPriority + i;
      if ((lanes >> (8 * i) & 1U) != 0 && interrupt < kInterrupts) {
        exceptions.set_priority(16 + interrupt, written >> (8 * i) & 0xFFU);
      }
    }
    return true;
  }
  for (unsigned i = 0; i < 32; ++i) {
    const unsigned number = 16 + (offset & 0x7FU) * 8 + i;
    if ((written & lanes) >> i == 0) break;
    if (((written & lanes) >> i & 1U) == 0 || number >= kExceptions) continue;
    const uint32_t kind = offset & ~0x7FU;
    if (kind == kSetEnable || kind == kClearEnable) exceptions.set_enabled(number, kind == kSetEnable);
    if (kind == kSetPending) exceptions.set_pending(number, true);
    if (kind == kClearPending) exceptions.clear_pending(number);
  }
  return true;
}

std::string_view Nvic::register_name(uint32_t offset) const {
  if (!is_register(offset)) return {};
  std::string_view name;
  for (const auto& [begin, kind] : kKinds) {
    if (offset >= begin) name = kind;
  }
  return name;
}

// "ISER2": the third word.
std::optional<uint32_t> Nvic::register_offset(std::string_view name) const {
  for (const auto& [begin, kind] : kKinds) {
    if (!name.starts_with(kind)) continue;
    uint32_t index = 0;
    for (const char digit : name.substr(kind.size())) index = index * 10 + static_cast<uint32_t>(digit - '0');
    return begin + 4 * index;
  }
  return std::nullopt;
}

}  // namespace

void add_nvic(Chip& chip) {
  chip.add<Nvic>({.name = "NVIC", .base = 0xE000E100});
}

}  // namespace tmc::sim
