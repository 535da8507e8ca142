// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// The cycle counter of the data watchpoint and trace unit (Armv7-M reference manual, C1.8), with the lock of the
// Cortex-M7 (LAR takes 0xC5ACCE55) and the switch TRCENA of DEMCR (C1.6.5). Watchpoints are not modelled.

#include "tmc/sim/chip/chip.hpp"

namespace tmc::sim {
namespace {

constexpr uint32_t kCtrl = 0x000;
constexpr uint32_t kCounts = 1U << 0;
constexpr uint32_t kTraceOn = 1U << 24;

class Dwt final : public RegisterPeripheral<Dwt> {
 public:
  using RegisterPeripheral::RegisterPeripheral;
  static std::span<const RegisterOf<Dwt>> registers();

  void reset() override {
    RegisterPeripheral::reset();
    locked_ = true;
    count_ = 0;
    since_ = chip().now();
  }

 private:
  bool trace_on() const {
    const Peripheral* const debug = chip().find("DCB");
    return debug != nullptr && (debug->kept(0x0C) & kTraceOn) != 0;
  }

  uint32_t read_cyccnt(uint32_t) {
    catch_up();
    return count_;
  }
  uint32_t write_cyccnt(uint32_t, uint32_t written);
  uint32_t write_ctrl(uint32_t before, uint32_t written);
  uint32_t write_lar(uint32_t, uint32_t written) {
    constexpr uint32_t kKey = 0xC5ACCE55;
    locked_ = written != kKey;
    return 0;
  }
  uint32_t read_lsr(uint32_t) { return locked_ ? 3 : 1; }
  bool refused(const char* what);
  void catch_up();

  bool locked_ = true;
  uint32_t count_ = 0;
  uint64_t since_ = 0;
};

void Dwt::catch_up() {
  const uint64_t now = chip().now();
  if ((kept(kCtrl) & kCounts) != 0 && trace_on()) count_ += static_cast<uint32_t>(now - since_);
  since_ = now;
}

bool Dwt::refused(const char* what) {
  if (locked_) chip().say(std::string("a write to DWT.") + what + " was ignored: the unit is locked (DWT.LAR)");
  return locked_;
}

uint32_t Dwt::write_ctrl(uint32_t before, uint32_t written) {
  store(kCtrl, before);
  catch_up();
  if (refused("CTRL")) return before;
  if (!trace_on()) chip().say("DWT.CTRL: TRCENA of DEMCR is off: nothing is counted");
  return (before & ~kCounts) | (written & kCounts);
}

uint32_t Dwt::write_cyccnt(uint32_t before, uint32_t written) {
  catch_up();
  if (refused("CYCCNT")) return before;
  return count_ = written;
}

std::span<const RegisterOf<Dwt>> Dwt::registers() {
  static constexpr RegisterOf<Dwt> kRegisters[] = {
      {.name = "CTRL", .offset = 0x000, .reset = 0x40000000, .write = &Dwt::write_ctrl},
      {.name = "CYCCNT", .offset = 0x004, .read = &Dwt::read_cyccnt, .write = &Dwt::write_cyccnt},
      {.name = "LAR", .offset = 0xFB0, .write = &Dwt::write_lar},
      {.name = "LSR", .offset = 0xFB4, .read = &Dwt::read_lsr},
  };
  return kRegisters;
}

}  // namespace

void add_dwt(Chip& chip) {
  chip.add<Dwt>({.name = "DWT", .base = 0xE0001000, .bytes = 0x1000});
}

}  // namespace tmc::sim
