// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Independent watchdog (RM0433, chapter 46) on the 32 kHz oscillator, which it starts itself. A reload that comes too
// late, or too early for the window, resets the chip. Registers take over at once: their update flags are never set.

#include <cmath>

#include "tmc/sim/chip/chip.hpp"

namespace tmc::sim {
namespace {

constexpr uint32_t kPr = 0x04, kRlr = 0x08, kWinr = 0x10;

class Watchdog final : public RegisterPeripheral<Watchdog> {
 public:
  using RegisterPeripheral::RegisterPeripheral;
  static std::span<const RegisterOf<Watchdog>> registers();

  void reset() override {
    RegisterPeripheral::reset();
    reloaded_at_ = kNever;
    open_ = false;
  }
  uint64_t next_event() const override {
    return reloaded_at_ == kNever ? kNever : reloaded_at_ + (uint64_t{kept(kRlr)} + 1) * cycles_per_count();
  }
  void advance() override {
    chip().request_reset("the watchdog IWDG1 was not reloaded in time");
    reloaded_at_ = kNever;
  }

 private:
  uint64_t cycles_per_count() const {
    constexpr double kLsi = 32e3;
    const double divider = 4U << std::min(kept(kPr), 6U);
    return static_cast<uint64_t>(std::llround(chip().clocks().core_cycles(divider, kLsi)));
  }

  uint32_t write_kr(uint32_t, uint32_t written);
  template <uint32_t kOffset>
  uint32_t write_protected(uint32_t before, uint32_t) {
    if (open_) return stored(kOffset);
    chip().say("IWDG1: a register was written without the key 0x5555 in KR before: it keeps what it has");
    return before;
  }

  uint64_t reloaded_at_ = kNever;  // never: it does not run
  bool open_ = false;
};

uint32_t Watchdog::write_kr(uint32_t, uint32_t written) {
  open_ = written == 0x5555;
  if (written == 0xCCCC && reloaded_at_ == kNever) reloaded_at_ = chip().now();
  if (written == 0xAAAA && reloaded_at_ != kNever) {
    const uint64_t passed = (chip().now() - reloaded_at_) / cycles_per_count();
    const bool early = kept(kRlr) - passed > kept(kWinr);
    if (early) chip().request_reset("the watchdog IWDG1 was reloaded before its window");
    reloaded_at_ = chip().now();
  }
  return 0;
}

std::span<const RegisterOf<Watchdog>> Watchdog::registers() {
  using P = Watchdog;
  static constexpr RegisterOf<P> kRegisters[] = {
      {.name = "KR", .offset = 0x00, .write = &P::write_kr},
      {.name = "PR", .offset = 0x04, .writable = 0x7, .write = &P::write_protected<0x04>},
      {.name = "RLR", .offset = 0x08, .reset = 0xFFF, .writable = 0xFFF, .write = &P::write_protected<0x08>},
      {.name = "SR", .offset = 0x0C},
      {.name = "WINR", .offset = 0x10, .reset = 0xFFF, .writable = 0xFFF, .write = &P::write_protected<0x10>},
  };
  return kRegisters;
}

}  // namespace

void add_iwdg1(Chip& chip) {
  chip.add<Watchdog>({.name = "IWDG1", .base = 0x58004800});
}

}  // namespace tmc::sim
