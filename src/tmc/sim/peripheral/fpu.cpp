// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Control of the floating-point context (Armv7-M reference manual, B3.2.21 to B3.2.23); chip/exception_entry.cpp does
// what it says.

#include "tmc/sim/chip/chip.hpp"

namespace tmc::sim {
namespace {

class Fpu final : public RegisterPeripheral<Fpu> {
 public:
  using RegisterPeripheral::RegisterPeripheral;
  static std::span<const RegisterOf<Fpu>> registers();

 private:
  Exceptions& exceptions() { return chip().exceptions(); }

  uint32_t read_fpccr(uint32_t) { return exceptions().fpccr; }
  uint32_t write_fpccr(uint32_t, uint32_t written) { return exceptions().fpccr = written & 0xC000017BU; }
  uint32_t read_fpcar(uint32_t) { return exceptions().fpcar; }
  uint32_t write_fpcar(uint32_t, uint32_t written) { return exceptions().fpcar = written & ~7U; }
  uint32_t read_fpdscr(uint32_t) { return exceptions().fpdscr; }
  uint32_t write_fpdscr(uint32_t, uint32_t written) { return exceptions().fpdscr = written & 0x07C00000U; }
};

std::span<const RegisterOf<Fpu>> Fpu::registers() {
  static constexpr RegisterOf<Fpu> kRegisters[] = {
      {.name = "FPCCR", .offset = 0x04, .read = &Fpu::read_fpccr, .write = &Fpu::write_fpccr},
      {.name = "FPCAR", .offset = 0x08, .read = &Fpu::read_fpcar, .write = &Fpu::write_fpcar},
      {.name = "FPDSCR", .offset = 0x0C, .read = &Fpu::read_fpdscr, .write = &Fpu::write_fpdscr},
      {.name = "MVFR0", .offset = 0x10, .reset = 0x10110221},
      {.name = "MVFR1", .offset = 0x14, .reset = 0x12000011},
      {.name = "MVFR2", .offset = 0x18, .reset = 0x00000040},
  };
  return kRegisters;
}

}  // namespace

void add_fpu(Chip& chip) {
  chip.add<Fpu>({.name = "FPU", .base = 0xE000EF30, .bytes = 0x20});
}

}  // namespace tmc::sim
