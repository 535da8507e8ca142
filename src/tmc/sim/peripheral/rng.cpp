// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Random numbers (RM0433, chapter 34). Their sequence is always the same, so that runs can be repeated. A number takes
// 54 cycles of the 48 MHz oscillator, which is what reset selects and which has to be on; without it none becomes
// ready.

#include <cmath>

#include "tmc/sim/chip/chip.hpp"

namespace tmc::sim {
namespace {

constexpr uint32_t kCr = 0x00, kSr = 0x04, kRccCr = 0x00;
constexpr uint32_t kRngEnable = 1U << 2, kInterruptEnable = 1U << 3, kReady = 1U << 0;
constexpr unsigned kInterrupt = 80;

class Rng final : public RegisterPeripheral<Rng> {
 public:
  using RegisterPeripheral::RegisterPeripheral;
  static std::span<const RegisterOf<Rng>> registers();

  void reset() override {
    RegisterPeripheral::reset();
    ready_at_ = kNever;
    state_ = 0x2545F491;
  }
  uint64_t next_event() const override { return ready_at_; }
  void advance() override {
    ready_at_ = kNever;
    set_bits(kSr, kReady, true);
    update_line();
  }

 private:
  void begin() {
    constexpr uint32_t kHsi48Ready = 1U << 13;
    if ((chip().rcc(kRccCr) & kHsi48Ready) == 0) {
      chip().say("RNG: no number becomes ready: its clock, HSI48, is off (RCC.CR)");
      return;
    }
    ready_at_ = chip().now() + static_cast<uint64_t>(std::llround(chip().clocks().core_cycles(54, 48e6)));
  }
  void update_line() {
    const bool asks = (kept(kCr) & kInterruptEnable) != 0 && (kept(kSr) & kReady) != 0;
    chip().exceptions().set_line(kInterrupt, asks);
  }

  uint32_t write_cr(uint32_t before, uint32_t) {
    const uint32_t now = stored(kCr);
    if ((now & kRngEnable) == 0) {
      ready_at_ = kNever;
      set_bits(kSr, kReady, false);
    } else if ((before & kRngEnable) == 0) {
      begin();
    }
    update_line();
    return now;
  }
  // Zero where none is ready (34.7.3).
  uint32_t read_dr(uint32_t) {
    if ((kept(kSr) & kReady) == 0) {
      chip().say("RNG.DR was read while no number was ready: it is zero");
      return 0;
    }
    state_ ^= state_ << 13;
    state_ ^= state_ >> 17;
    state_ ^= state_ << 5;
    set_bits(kSr, kReady, false);
    update_line();
    begin();
    return state_;
  }

  uint64_t ready_at_ = kNever;
  uint32_t state_ = 0;
};

std::span<const RegisterOf<Rng>> Rng::registers() {
  static constexpr RegisterOf<Rng> kRegisters[] = {
      {.name = "CR", .offset = 0x00, .writable = 0x0000002C, .write = &Rng::write_cr},
      {.name = "SR", .offset = 0x04},
      {.name = "DR", .offset = 0x08, .read = &Rng::read_dr},
  };
  return kRegisters;
}

}  // namespace

void add_rng(Chip& chip) {
  chip.add<Rng>({.name = "RNG", .base = 0x48021800, .gate = Gate{0xDC, 6}});
}

}  // namespace tmc::sim
