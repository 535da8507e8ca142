// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// System control block (Armv7-M reference manual, B3.2): faults, pending bits of the core's exceptions, access to the
// coprocessors. Identification registers are those of a Cortex-M7 r1p1 with caches (Cortex-M7 TRM, 3.2).

#include "tmc/sim/chip/chip.hpp"

namespace tmc::sim {
namespace {

class Scb final : public RegisterPeripheral<Scb> {
 public:
  using RegisterPeripheral::RegisterPeripheral;
  static std::span<const RegisterOf<Scb>> registers();

 private:
  Exceptions& exceptions() { return chip().exceptions(); }

  uint32_t read_icsr(uint32_t);
  uint32_t write_icsr(uint32_t, uint32_t written);
  uint32_t read_vtor(uint32_t) { return exceptions().vtor; }
  uint32_t write_vtor(uint32_t, uint32_t written) { return exceptions().vtor = written & ~0x7FU; }
  uint32_t read_aircr(uint32_t) { return 0xFA050000U | exceptions().priority_group << 8; }
  uint32_t write_aircr(uint32_t kept, uint32_t written);
  uint32_t read_ccr(uint32_t) { return exceptions().ccr; }
  uint32_t write_ccr(uint32_t, uint32_t written) { return exceptions().ccr = (written & 0x0003031BU) | 0x00040000U; }
  template <unsigned kFirst>
  uint32_t read_shpr(uint32_t);
  template <unsigned kFirst>
  uint32_t write_shpr(uint32_t kept, uint32_t written);
  uint32_t read_shcsr(uint32_t);
  uint32_t write_shcsr(uint32_t kept, uint32_t written);
  uint32_t read_cfsr(uint32_t) { return exceptions().cfsr; }
  uint32_t write_cfsr(uint32_t, uint32_t written) { return exceptions().cfsr &= ~(written & lanes()); }
  uint32_t read_hfsr(uint32_t) { return exceptions().hfsr; }
  uint32_t write_hfsr(uint32_t, uint32_t written) { return exceptions().hfsr &= ~(written & lanes()); }
  uint32_t read_mmfar(uint32_t) { return exceptions().mmfar; }
  uint32_t write_mmfar(uint32_t, uint32_t written) { return exceptions().mmfar = written; }
  uint32_t read_bfar(uint32_t) { return exceptions().bfar; }
  uint32_t write_bfar(uint32_t, uint32_t written) { return exceptions().bfar = written; }
  uint32_t read_cpacr(uint32_t) { return exceptions().cpacr; }
  uint32_t write_cpacr(uint32_t, uint32_t written) { return exceptions().cpacr = written & 0x00F00000U; }
};

uint32_t Scb::read_icsr(uint32_t) {
  const Exceptions& e = exceptions();
  unsigned active = 0;
  unsigned count = 0;
  bool interrupt_pending = false;
  for (unsigned n = 2; n < kExceptions; ++n) {
    if (e.is_active(n)) active = n, ++count;
    if (n >= 16 && e.is_pending(n)) interrupt_pending = true;
  }
  // With several active, the running one is the most urgent; its number is all that VECTACTIVE has.
  for (unsigned n = 2; n < kExceptions && count > 1; ++n) {
    if (e.is_active(n) && e.priority(n) < e.priority(active)) active = n;
  }
  return active | (count <= 1 ? 1U << 11 : 0) | e.most_urgent_pending() << 12 | (interrupt_pending ? 1U << 22 : 0) |
         (e.is_pending(kSysTick) ? 1U << 26 : 0) | (e.is_pending(kPendSv) ? 1U << 28 : 0) |
         (e.is_pending(kNmi) ? 1U << 31 : 0);
}

uint32_t Scb::write_icsr(uint32_t, uint32_t written) {
  if ((written >> 31 & 1U) != 0) exceptions().set_pending(kNmi, true);
  if ((written >> 28 & 1U) != 0) exceptions().set_pending(kPendSv, true);
  if ((written >> 27 & 1U) != 0) exceptions().set_pending(kPendSv, false);
  if ((written >> 26 & 1U) != 0) exceptions().set_pending(kSysTick, true);
  if ((written >> 25 & 1U) != 0) exceptions().set_pending(kSysTick, false);
  return 0;
}

uint32_t Scb::write_aircr(uint32_t kept, uint32_t written) {
  constexpr uint32_t kKey = 0x05FA;
  if (written >> 16 != kKey) {
    chip().say("a write to SCB.AIRCR without its key 0x05FA was ignored");
    return kept;
  }
  exceptions().priority_group = written >> 8 & 7U;
  if ((written >> 2 & 1U) != 0) chip().request_reset("software asked for it (SCB.AIRCR)");
  return kept;
}

template <unsigned kFirst>
uint32_t Scb::read_shpr(uint32_t) {
  uint32_t word = 0;
  for (unsigned i = 0; i < 4; ++i) word |= exceptions().priority(kFirst + i) << (8 * i);
  return word;
}

template <unsigned kFirst>
uint32_t Scb::write_shpr(uint32_t, uint32_t written) {
  for (unsigned i = 0; i < 4; ++i) {
    if ((lanes() >> (8 * i) & 1U) != 0) exceptions().set_priority(kFirst + i, written >> (8 * i) & 0xFFU);
  }
  return 0;
}

// Which bit of SHCSR is what (B3.2.13).
constexpr struct {
  unsigned bit;
  unsigned number;
} kActiveBits[] = {{0, kMemManage},    {1, kBusFault}, {3, kUsageFault}, {7, kSvCall},
                   {8, kDebugMonitor}, {10, kPendSv},  {11, kSysTick}},
  kPendingBits[] = {{12, kUsageFault}, {13, kMemManage}, {14, kBusFault}, {15, kSvCall}},
  kEnableBits[] = {{16, kMemManage}, {17, kBusFault}, {18, kUsageFault}};

uint32_t Scb::read_shcsr(uint32_t) {
  uint32_t word = 0;
  for (const auto& [bit, number] : kActiveBits) word |= uint32_t{exceptions().is_active(number)} << bit;
  for (const auto& [bit, number] : kPendingBits) word |= uint32_t{exceptions().is_pending(number)} << bit;
  for (const auto& [bit, number] : kEnableBits) word |= uint32_t{exceptions().is_enabled(number)} << bit;
  return word;
}

uint32_t Scb::write_shcsr(uint32_t, uint32_t written) {
  for (const auto& [bit, number] : kActiveBits) exceptions().set_active(number, (written >> bit & 1U) != 0);
  for (const auto& [bit, number] : kPendingBits) exceptions().set_pending(number, (written >> bit & 1U) != 0);
  for (const auto& [bit, number] : kEnableBits) exceptions().set_enabled(number, (written >> bit & 1U) != 0);
  return 0;
}

std::span<const RegisterOf<Scb>> Scb::registers() {
  static constexpr RegisterOf<Scb> kRegisters[] = {
      {.name = "CPUID", .offset = 0x00, .reset = 0x411FC271},
      {.name = "ICSR", .offset = 0x04, .read = &Scb::read_icsr, .write = &Scb::write_icsr},
      {.name = "VTOR", .offset = 0x08, .read = &Scb::read_vtor, .write = &Scb::write_vtor},
      {.name = "AIRCR", .offset = 0x0C, .read = &Scb::read_aircr, .write = &Scb::write_aircr},
      {.name = "SCR", .offset = 0x10, .writable = 0x16},
      {.name = "CCR", .offset = 0x14, .read = &Scb::read_ccr, .write = &Scb::write_ccr},
      {.name = "SHPR1", .offset = 0x18, .read = &Scb::read_shpr<4>, .write = &Scb::write_shpr<4>},
      {.name = "SHPR2", .offset = 0x1C, .read = &Scb::read_shpr<8>, .write = &Scb::write_shpr<8>},
      {.name = "SHPR3", .offset = 0x20, .read = &Scb::read_shpr<12>, .write = &Scb::write_shpr<12>},
      {.name = "SHCSR", .offset = 0x24, .read = &Scb::read_shcsr, .write = &Scb::write_shcsr},
      {.name = "CFSR", .offset = 0x28, .read = &Scb::read_cfsr, .write = &Scb::write_cfsr},
      {.name = "HFSR", .offset = 0x2C, .read = &Scb::read_hfsr, .write = &Scb::write_hfsr},
      {.name = "DFSR", .offset = 0x30, .write_1_clears = 0x1F},
      {.name = "MMFAR", .offset = 0x34, .read = &Scb::read_mmfar, .write = &Scb::write_mmfar},
      {.name = "BFAR", .offset = 0x38, .read = &Scb::read_bfar, .write = &Scb::write_bfar},
      {.name = "CLIDR", .offset = 0x78, .reset = 0x09000003},
      {.name = "CTR", .offset = 0x7C, .reset = 0x8303C003},
      {.name = "CCSIDR", .offset = 0x80, .reset = 0xF00FE019},
      {.name = "CSSELR", .offset = 0x84, .writable = 0xF},
      {.name = "CPACR", .offset = 0x88, .read = &Scb::read_cpacr, .write = &Scb::write_cpacr},
  };
  return kRegisters;
}

}  // namespace

void add_scb(Chip& chip) {
  chip.add<Scb>({.name = "SCB", .base = 0xE000ED00, .bytes = 0x90});
}

}  // namespace tmc::sim
