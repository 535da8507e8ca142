// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// SysTick (Armv7-M reference manual, B3.3). Counts cycles of the core, or every eighth with CLKSOURCE 0
// (RM0433, 8.5.9).

#include "tmc/sim/chip/chip.hpp"

namespace tmc::sim {
namespace {

constexpr uint32_t kCtrl = 0x00, kLoad = 0x04;
constexpr uint32_t kEnable = 1U << 0, kInterrupt = 1U << 1, kCoreClock = 1U << 2, kCountFlag = 1U << 16;

class SysTick final : public RegisterPeripheral<SysTick> {
 public:
  using RegisterPeripheral::RegisterPeripheral;
  static std::span<const RegisterOf<SysTick>> registers();

  void reset() override {
    RegisterPeripheral::reset();
    value_ = 0;
    since_ = chip().now();
  }

  uint64_t next_event() const override {
    if (!counts()) return kNever;
    return since_ + uint64_t{value_ == 0 ? kept(kLoad) + 1 : value_} * cycles_per_tick();
  }

  void advance() override { catch_up(); }

 private:
  // A load of zero stops it at the next wrap.
  bool counts() const { return (kept(kCtrl) & kEnable) != 0 && (value_ != 0 || kept(kLoad) != 0); }
  uint64_t cycles_per_tick() const { return (kept(kCtrl) & kCoreClock) != 0 ? 1 : 8; }
  void catch_up();

  uint32_t read_ctrl(uint32_t);
  uint32_t write_ctrl(uint32_t before, uint32_t written);
  uint32_t read_val(uint32_t) {
    catch_up();
    return value_;
  }
  // Whatever is written makes it zero, and clears COUNTFLAG without an exception (B3.3.5).
  uint32_t write_val(uint32_t, uint32_t) {
    catch_up();
    value_ = 0;
    since_ = chip().now();
    set_bits(kCtrl, kCountFlag, false);
    return 0;
  }

  uint32_t value_ = 0;  // at `since_`
  uint64_t since_ = 0;
};

void SysTick::catch_up() {
  const uint64_t per_tick = cycles_per_tick();
  for (uint64_t event = next_event(); event <= chip().now(); event = next_event()) {
    // From zero it is reloaded, which takes a tick of its own: LOAD + 1 ticks from zero to zero.
    since_ = event;
    value_ = 0;
    set_bits(kCtrl, kCountFlag, true);
    if ((kept(kCtrl) & kInterrupt) != 0) chip().exceptions().set_pending(kSysTick, true);
  }
  if (!counts()) {
    since_ = chip().now();
    return;
  }
  const uint64_t ticks = (chip().now() - since_) / per_tick;
  if (ticks == 0) return;
  value_ = value_ == 0 ? kept(kLoad) - static_cast<uint32_t>(ticks - 1) : value_ - static_cast<uint32_t>(ticks);
  since_ += ticks * per_tick;
}

uint32_t SysTick::read_ctrl(uint32_t) {
  catch_up();
  const uint32_t value = kept(kCtrl);
  set_bits(kCtrl, kCountFlag, false);  // reading clears it
  return value;
}

uint32_t SysTick::write_ctrl(uint32_t before, uint32_t written) {
  store(kCtrl, before);
  catch_up();
  return (kept(kCtrl) & kCountFlag) | (written & 7U);
}

std::span<const RegisterOf<SysTick>> SysTick::registers() {
  using P = SysTick;
  static constexpr RegisterOf<P> kRegisters[] = {
      {.name = "CTRL", .offset = 0x00, .read = &P::read_ctrl, .write = &P::write_ctrl},
      {.name = "LOAD", .offset = 0x04, .writable = 0x00FFFFFF},
      {.name = "VAL", .offset = 0x08, .read = &P::read_val, .write = &P::write_val},
      {.name = "CALIB", .offset = 0x0C, .reset = 0x4000270F},
  };
  return kRegisters;
}

}  // namespace

void add_systick(Chip& chip) {
  chip.add<SysTick>({.name = "SysTick", .base = 0xE000E010, .bytes = 0x10});
}

}  // namespace tmc::sim
