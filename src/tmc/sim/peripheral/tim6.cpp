// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// TIM6, a basic timer (RM0433, chapter 42): counts up to ARR, then updates. PSC is taken over at an update, ARR at once
// unless ARPE is set.

#include <cmath>

#include "tmc/sim/chip/chip.hpp"

namespace tmc::sim {
namespace {

constexpr uint32_t kCr1 = 0x00, kDier = 0x0C, kSr = 0x10, kPsc = 0x28, kArr = 0x2C;
constexpr uint32_t kCen = 1U << 0, kUdis = 1U << 1, kUrs = 1U << 2, kOpm = 1U << 3, kArpe = 1U << 7;
constexpr unsigned kInterrupt = 54;

class BasicTimer final : public RegisterPeripheral<BasicTimer> {
 public:
  using RegisterPeripheral::RegisterPeripheral;
  static std::span<const RegisterOf<BasicTimer>> registers();

  void reset() override {
    RegisterPeripheral::reset();
    count_ = prescaler_ = 0;
    limit_ = 0xFFFF;
    since_ = chip().now();
  }

  uint64_t next_event() const override {
    // An ARR of zero stops the counter (42.4.8).
    if ((kept(kCr1) & kCen) == 0 || limit_ == 0) return kNever;
    const uint32_t left = count_ <= limit_ ? limit_ - count_ + 1 : 0x10000 - count_ + limit_ + 1;
    return since_ + left * cycles_per_count();
  }

  void advance() override { catch_up(); }

 private:
  uint64_t cycles_per_count() const {
    const Clocks clocks = chip().clocks();
    return std::max<uint64_t>(1, std::llround(clocks.core_cycles(prescaler_ + 1.0, clocks.timers1)));
  }

  void catch_up() {
    for (uint64_t event = next_event(); event <= chip().now(); event = next_event()) {
      since_ = event;
      count_ = 0;
      update(true);
    }
    if ((kept(kCr1) & kCen) == 0 || limit_ == 0) {
      since_ = chip().now();
      return;
    }
    const uint64_t counts = (chip().now() - since_) / cycles_per_count();
    count_ = (count_ + static_cast<uint32_t>(counts)) & 0xFFFFU;
    since_ += counts * cycles_per_count();
  }

  // At the end of a period, or by UG.
  void update(bool flags) {
    if ((kept(kCr1) & kUdis) != 0) return;
    prescaler_ = kept(kPsc);
    limit_ = kept(kArr);
    if (flags) set_bits(kSr, 1, true);
    if ((kept(kCr1) & kOpm) != 0) set_bits(kCr1, kCen, false);
    update_line();
  }

  void update_line() { chip().exceptions().set_line(kInterrupt, (kept(kDier) & kept(kSr) & 1U) != 0); }

  uint32_t write_cr1(uint32_t before, uint32_t) {
    const uint32_t after = stored(kCr1);
    store(kCr1, before);
    catch_up();
    return after;
  }
  uint32_t write_dier(uint32_t, uint32_t) {
    update_line();
    return stored(kDier);
  }
  uint32_t write_sr(uint32_t before, uint32_t written) {
    store(kSr, before & written);  // a zero clears
    update_line();
    return before & written;
  }
  uint32_t write_egr(uint32_t, uint32_t written) {
    if ((written & 1U) == 0) return 0;
    catch_up();
    count_ = 0;
    since_ = chip().now();
    const bool running = (kept(kCr1) & kCen) != 0;
    update((kept(kCr1) & kUrs) == 0);
    set_bits(kCr1, kCen, running);  // OPM looks at ends of periods
    return 0;
  }
  uint32_t read_cnt(uint32_t) {
    catch_up();
    return count_;
  }
  uint32_t write_cnt(uint32_t, uint32_t written) {
    catch_up();
    since_ = chip().now();
    return count_ = written & 0xFFFFU;
  }
  uint32_t write_arr(uint32_t, uint32_t written) {
    catch_up();
    if ((kept(kCr1) & kArpe) == 0) limit_ = written & 0xFFFFU;
    return written & 0xFFFFU;
  }

  uint32_t count_ = 0;  // at `since_`
  uint32_t prescaler_ = 0, limit_ = 0xFFFF;
  uint64_t since_ = 0;
};

std::span<const RegisterOf<BasicTimer>> BasicTimer::registers() {
  using P = BasicTimer;
  static constexpr RegisterOf<P> kRegisters[] = {
      {.name = "CR1", .offset = 0x00, .writable = 0x0000088F, .write = &P::write_cr1},
      {.name = "CR2", .offset = 0x04, .writable = 0x00000070},
      {.name = "DIER", .offset = 0x0C, .writable = 0x00000101, .write = &P::write_dier},
      {.name = "SR", .offset = 0x10, .write = &P::write_sr},
      {.name = "EGR", .offset = 0x14, .write = &P::write_egr},
      {.name = "CNT", .offset = 0x24, .read = &P::read_cnt, .write = &P::write_cnt},
      {.name = "PSC", .offset = 0x28, .writable = 0x0000FFFF},
      {.name = "ARR", .offset = 0x2C, .reset = 0x0000FFFF, .write = &P::write_arr},
  };
  return kRegisters;
}

}  // namespace

void add_tim6(Chip& chip) {
  chip.add<BasicTimer>({.name = "TIM6", .base = 0x40001000, .gate = Gate{0xE8, 4}});
}

}  // namespace tmc::sim
