// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// MPU registers (Armv7-M reference manual, B3.5.5 to B3.5.10).

#include "tmc/sim/chip/chip.hpp"

namespace tmc::sim {
namespace {

class MpuRegisters final : public RegisterPeripheral<MpuRegisters> {
 public:
  using RegisterPeripheral::RegisterPeripheral;
  static std::span<const RegisterOf<MpuRegisters>> registers();

 private:
  MpuRegion& region() { return chip().mpu().regions[chip().mpu().number]; }

  uint32_t write_ctrl(uint32_t, uint32_t written) {
    chip().mpu().changed();
    return chip().mpu().control = written & 7U;
  }
  uint32_t read_rnr(uint32_t) { return chip().mpu().number; }
  uint32_t write_rnr(uint32_t, uint32_t written) { return chip().mpu().number = written % Mpu::kRegions; }
  uint32_t read_rbar(uint32_t) { return region().base | chip().mpu().number; }
  uint32_t write_rbar(uint32_t, uint32_t written) {
    constexpr uint32_t kValid = 1U << 4;
    if ((written & kValid) != 0) chip().mpu().number = written & 15U;
    chip().mpu().changed();
    return region().base = written & ~31U;
  }
  uint32_t read_rasr(uint32_t) { return region().attributes_size; }
  uint32_t write_rasr(uint32_t, uint32_t written) {
    chip().mpu().changed();
    return region().attributes_size = written & 0x173FFF3FU;
  }
};

std::span<const RegisterOf<MpuRegisters>> MpuRegisters::registers() {
  using P = MpuRegisters;
  static constexpr RegisterOf<P> kRegisters[] = {
      {.name = "TYPE", .offset = 0x00, .reset = 0x00001000},
      {.name = "CTRL", .offset = 0x04, .write = &P::write_ctrl},
      {.name = "RNR", .offset = 0x08, .read = &P::read_rnr, .write = &P::write_rnr},
      {.name = "RBAR", .offset = 0x0C, .read = &P::read_rbar, .write = &P::write_rbar},
      {.name = "RASR", .offset = 0x10, .read = &P::read_rasr, .write = &P::write_rasr},
      {.name = "RBAR_A1", .offset = 0x14, .read = &P::read_rbar, .write = &P::write_rbar},
      {.name = "RASR_A1", .offset = 0x18, .read = &P::read_rasr, .write = &P::write_rasr},
      {.name = "RBAR_A2", .offset = 0x1C, .read = &P::read_rbar, .write = &P::write_rbar},
      {.name = "RASR_A2", .offset = 0x20, .read = &P::read_rasr, .write = &P::write_rasr},
      {.name = "RBAR_A3", .offset = 0x24, .read = &P::read_rbar, .write = &P::write_rbar},
      {.name = "RASR_A3", .offset = 0x28, .read = &P::read_rasr, .write = &P::write_rasr},
  };
  return kRegisters;
}

}  // namespace

void add_mpu(Chip& chip) {
  chip.add<MpuRegisters>({.name = "MPU", .base = 0xE000ED90, .bytes = 0x30});
}

}  // namespace tmc::sim
