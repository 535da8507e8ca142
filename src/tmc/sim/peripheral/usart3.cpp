// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// USART3 without its FIFO (RM0433, chapter 48): asynchronous, 7 to 9 bits. What is sent goes to Chip::send when its
// last bit has left. The kernel clock is taken to be that of APB1, which is what reset selects.

#include <cmath>

#include "tmc/sim/chip/chip.hpp"

namespace tmc::sim {
namespace {

constexpr uint32_t kCr1 = 0x00, kBrr = 0x0C, kIsr = 0x1C;
constexpr uint32_t kUe = 1U << 0, kTe = 1U << 3;
constexpr uint32_t kOre = 1U << 3, kIdle = 1U << 4, kRxne = 1U << 5, kTc = 1U << 6, kTxe = 1U << 7;
constexpr unsigned kInterrupt = 39;

class Usart final : public RegisterPeripheral<Usart> {
 public:
  using RegisterPeripheral::RegisterPeripheral;
  static std::span<const RegisterOf<Usart>> registers();

  void reset() override {
    RegisterPeripheral::reset();
    sent_at_ = kNever;
    waiting_.reset();
  }
  uint64_t next_event() const override { return sent_at_; }
  void advance() override;

 private:
  bool is_on(uint32_t bits) const { return (kept(kCr1) & (kUe | bits)) == (kUe | bits); }
  void begin(uint8_t byte);
  uint64_t character_cycles() const;
  void update_line();

  uint32_t write_cr1(uint32_t before, uint32_t written);
  uint32_t write_tdr(uint32_t before, uint32_t written);
  uint32_t write_icr(uint32_t, uint32_t written) {
    constexpr uint32_t kClearable = 0x0000000F | kIdle | kTc;
    set_bits(kIsr, written & kClearable, false);
    update_line();
    return 0;
  }
  uint32_t read_rdr(uint32_t value) {
    set_bits(kIsr, kRxne, false);
    update_line();
    return value;
  }

  uint64_t sent_at_ = kNever;
  uint8_t shifting_ = 0;
  std::optional<uint8_t> waiting_;  // in TDR
};

uint64_t Usart::character_cycles() const {
  constexpr uint32_t kM0 = 1U << 12, kM1 = 1U << 28, kOver8 = 1U << 15;
  const uint32_t cr1 = kept(kCr1), brr = kept(kBrr);
  const double data = (cr1 & kM1) != 0 ? 7 : (cr1 & kM0) != 0 ? 9 : 8;
  // Oversampling by 8 has the fraction in three bits (48.5.4).
  const double divider = (cr1 & kOver8) != 0 ? ((brr & 0xFFF0U) | (brr & 7U) << 1) / 2.0 : brr;
  const Clocks clocks = chip().clocks();
  return std::max<uint64_t>(1, std::llround(clocks.core_cycles((data + 2) * divider, clocks.apb1)));
}

void Usart::begin(uint8_t byte) {
  shifting_ = byte;
  set_bits(kIsr, kTc, false);
  sent_at_ = chip().now() + character_cycles();
}

void Usart::advance() {
  sent_at_ = kNever;
  chip().send(place().name, shifting_);
  if (waiting_) {
    begin(*std::exchange(waiting_, std::nullopt));
    set_bits(kIsr, kTxe, true);
  } else {
    set_bits(kIsr, kTc, true);
  }
  update_line();
}

void Usart::update_line() {
  // The enable bits of CR1 stand where the flags of ISR do.
  const uint32_t wanted = kept(kCr1) & kept(kIsr) & (kIdle | kRxne | kTc | kTxe);
  const bool overrun = (kept(kCr1) & kRxne) != 0 && (kept(kIsr) & kOre) != 0;
  chip().exceptions().set_line(kInterrupt, is_on(0) && (wanted != 0 || overrun));
}

uint32_t Usart::write_cr1(uint32_t before, uint32_t written) {
  constexpr uint32_t kFifo = 1U << 29, kOnlyWhenOff = 1U << 28 | 1U << 15 | 1U << 12 | 1U << 10 | 1U << 9;
  if ((written & kFifo) != 0) chip().say("USART3.CR1: the FIFO is not modelled, a character is kept alone");
  if ((before & written & kUe) != 0 && ((before ^ written) & kOnlyWhenOff) != 0) {
    chip().say("USART3.CR1: the form of a character changes only while UE is 0 (RM0433, 48.7.1)");
    written = (written & ~kOnlyWhenOff) | (before & kOnlyWhenOff);
  }
  store(kCr1, written);
  constexpr uint32_t kTeack = 1U << 21, kReack = 1U << 22, kRe = 1U << 2;
  set_bits(kIsr, kTeack, is_on(kTe));
  set_bits(kIsr, kReack, is_on(kRe));
  if (!is_on(0)) {
    set_bits(kIsr, kTxe | kTc, true);
    waiting_.reset();
    sent_at_ = kNever;
  }
  update_line();
  return written;
}

uint32_t Usart::write_tdr(uint32_t, uint32_t written) {
  const auto byte = static_cast<uint8_t>(written);
  if (!is_on(kTe)) {
    chip().say("USART3.TDR: nothing is sent while UE or TE of CR1 is 0");
  } else if (kept(kBrr) < 16) {
    chip().say("USART3.TDR: nothing is sent with a divider below 16 in BRR");
  } else if (sent_at_ == kNever) {
    begin(byte);
  } else {
    if (waiting_) chip().say("USART3.TDR: a character is lost: it was written while TXE was 0");
    waiting_ = byte;
    set_bits(kIsr, kTxe, false);
  }
  update_line();
  return written & 0x1FFU;
}

std::span<const RegisterOf<Usart>> Usart::registers() {
  static constexpr RegisterOf<Usart> kRegisters[] = {
      {.name = "CR1", .offset = 0x00, .write = &Usart::write_cr1},
      {.name = "CR2", .offset = 0x04, .writable = 0xFFFFFF7F},
      {.name = "CR3", .offset = 0x08, .writable = 0xFFFFFFFF},
      {.name = "BRR", .offset = 0x0C, .writable = 0x0000FFFF},
      {.name = "GTPR", .offset = 0x10, .writable = 0x0000FFFF},
      {.name = "RTOR", .offset = 0x14, .writable = 0xFFFFFFFF},
      {.name = "RQR", .offset = 0x18},
      {.name = "ISR", .offset = 0x1C, .reset = kTc | kTxe},
      {.name = "ICR", .offset = 0x20, .write = &Usart::write_icr},
      {.name = "RDR", .offset = 0x24, .read = &Usart::read_rdr},
      {.name = "TDR", .offset = 0x28, .write = &Usart::write_tdr},
      {.name = "PRESC", .offset = 0x2C, .writable = 0x0000000F},
  };
  return kRegisters;
}

}  // namespace

void add_usart3(Chip& chip) {
  chip.add<Usart>({.name = "USART3", .base = 0x40004800, .gate = Gate{0xE8, 18}});
}

}  // namespace tmc::sim
