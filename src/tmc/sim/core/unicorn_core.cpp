// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/sim/core/unicorn_core.hpp"

#include <unicorn/unicorn.h>

#include <array>

#include "tmc/sim/core/thumb.hpp"

namespace tmc::sim {
namespace {

Status refused(const char* what, uc_err error_code) {
  return error(Error::kInternal, "Unicorn refuses to {}: {}", what, uc_strerror(error_code));
}

constexpr int unicorn_register(CoreRegister which) {
  constexpr std::array kNumbers = {UC_ARM_REG_R0,      UC_ARM_REG_R1,        UC_ARM_REG_R2,      UC_ARM_REG_R3,
                                   UC_ARM_REG_R12,     UC_ARM_REG_LR,        UC_ARM_REG_PC,      UC_ARM_REG_XPSR,
                                   UC_ARM_REG_MSP,     UC_ARM_REG_PSP,       UC_ARM_REG_CONTROL, UC_ARM_REG_PRIMASK,
                                   UC_ARM_REG_BASEPRI, UC_ARM_REG_FAULTMASK, UC_ARM_REG_FPSCR};
  return kNumbers[static_cast<size_t>(which)];
}

constexpr int general_register(unsigned number) {
  if (number <= 12) return UC_ARM_REG_R0 + static_cast<int>(number);
  constexpr std::array kOthers = {UC_ARM_REG_SP, UC_ARM_REG_LR, UC_ARM_REG_PC};
  return kOthers[number - 13];
}

uint32_t unicorn_bits(UnicornCore::Protection protection) {
  uint32_t bits = UC_PROT_NONE;
  if (protection.read) bits |= UC_PROT_READ;
  if (protection.write) bits |= UC_PROT_WRITE;
  if (protection.execute) bits |= UC_PROT_EXEC;
  return bits;
}

// QEMU's numbers of what a core takes (target/arm/cpu.h).
enum class QemuException : uint32_t { kSwi = 2, kBkpt = 7, kExceptionExit = 8, kNocp = 17, kInvstate = 18 };

}  // namespace

struct UnicornCore::Hooks {
  static void code(uc_engine*, uint64_t address, uint32_t, void* self) {
    auto& core = *static_cast<UnicornCore*>(self);
    core.last_ = static_cast<uint32_t>(address);
    core.client_.on_instruction(core.last_);
  }

  static void interrupt(uc_engine* engine, uint32_t number, void* self) {
    auto& core = *static_cast<UnicornCore*>(self);
    core.interrupted_ = true;
    core.interrupt_ = number;
    uc_emu_stop(engine);
  }

  static uint64_t device_read(uc_engine*, uint64_t offset, unsigned bytes, void* data) {
    const auto& region = *static_cast<Region*>(data);
    return region.core->client_.on_device_read(region.base + static_cast<uint32_t>(offset), bytes);
  }

  static void device_write(uc_engine*, uint64_t offset, unsigned bytes, uint64_t value, void* data) {
    const auto& region = *static_cast<Region*>(data);
    region.core->client_.on_device_write(region.base + static_cast<uint32_t>(offset), bytes,
                                         static_cast<uint32_t>(value));
  }

  static bool unmapped(uc_engine*, uc_mem_type, uint64_t address, int, int64_t, void* self) {
    static_cast<UnicornCore*>(self)->stop_value_ = static_cast<uint32_t>(address);
    return false;
  }

  static bool denied(uc_engine*, uc_mem_type type, uint64_t address, int bytes, int64_t, void* self) {
    auto& core = *static_cast<UnicornCore*>(self);
    core.stop_value_ = static_cast<uint32_t>(address);
    if (type == UC_MEM_FETCH_PROT) return false;
    return core.client_.on_protected(core.stop_value_, static_cast<unsigned>(bytes), type == UC_MEM_WRITE_PROT);
  }

  static bool undefined(uc_engine*, void*) { return false; }
};

Result<std::unique_ptr<UnicornCore>> UnicornCore::make(CoreClient& client) {
  std::unique_ptr<UnicornCore> core(new UnicornCore(client));
  const auto mode = static_cast<uc_mode>(UC_MODE_THUMB | UC_MODE_MCLASS);
  if (const uc_err opened = uc_open(UC_ARCH_ARM, mode, &core->engine_); opened != UC_ERR_OK) {
    return refused("start", opened);
  }
  if (const uc_err model = uc_ctl_set_cpu_model(core->engine_, UC_CPU_ARM_CORTEX_M7); model != UC_ERR_OK) {
    return refused("be a Cortex-M7", model);
  }
  const auto hook = [&core](int what, auto* function) {
    uc_hook handle = 0;
    return uc_hook_add(core->engine_, &handle, what, reinterpret_cast<void*>(function), core.get(), 1, 0);
  };
  for (const uc_err added : {hook(UC_HOOK_CODE, &Hooks::code), hook(UC_HOOK_INTR, &Hooks::interrupt),
                             hook(UC_HOOK_MEM_UNMAPPED, &Hooks::unmapped), hook(UC_HOOK_MEM_PROT, &Hooks::denied),
                             hook(UC_HOOK_INSN_INVALID, &Hooks::undefined)}) {
    if (added != UC_ERR_OK) return refused("call back", added);
  }
  return core;
}

UnicornCore::~UnicornCore() {
  if (engine_ != nullptr) uc_close(engine_);
}

Status UnicornCore::map_memory(uint32_t address, uint32_t bytes, Protection protection) {
  const uc_err mapped = uc_mem_map(engine_, address, bytes, unicorn_bits(protection));
  return mapped == UC_ERR_OK ? Status() : refused("map memory", mapped);
}

Status UnicornCore::map_devices(uint32_t address, uint32_t bytes) {
  regions_.push_back(std::make_unique<Region>(Region{this, address}));
  Region* const region = regions_.back().get();
  const uc_err mapped = uc_mmio_map(engine_, address, bytes, &Hooks::device_read, region, &Hooks::device_write, region);
  return mapped == UC_ERR_OK ? Status() : refused("map devices", mapped);
}

Status UnicornCore::protect(uint32_t address, uint32_t bytes, Protection protection) {
  const uint32_t bits = unicorn_bits(protection);
  const uc_err done = uc_mem_protect(engine_, address, bytes, bits);
  return done == UC_ERR_OK ? Status() : refused("protect memory", done);
}

Stop UnicornCore::run() {
  stopping_ = interrupted_ = false;
  const uint64_t begin = get(CoreRegister::kPc) | 1U;
  constexpr uint64_t kNoEnd = 0xFFFFFFFE;
  return why(uc_emu_start(engine_, begin, kNoEnd, 0, 0));
}

void UnicornCore::stop() {
  stopping_ = true;
  uc_emu_stop(engine_);
}

Stop UnicornCore::why(int error_code) const {
  if (interrupted_) {
    switch (static_cast<QemuException>(interrupt_)) {
      using enum QemuException;
      case kSwi:
        return Stop::kSupervisor;
      case kBkpt:
        return Stop::kBreakpoint;
      case kExceptionExit:
        return Stop::kReturn;
      case kInvstate:
        return Stop::kState;
      case kNocp:
        return Stop::kCoprocessor;
      default:
        return Stop::kUndefined;
    }
  }
  switch (error_code) {
    case UC_ERR_OK: {
      uint16_t first = 0;
      if (!stopping_ && read(last_, &first, sizeof first) && is_wait(first)) return Stop::kWait;
      return Stop::kAsked;
    }
    case UC_ERR_READ_UNMAPPED:
    case UC_ERR_READ_PROT:
      return Stop::kBadRead;
    case UC_ERR_WRITE_UNMAPPED:
    case UC_ERR_WRITE_PROT:
      return Stop::kBadWrite;
    case UC_ERR_FETCH_UNMAPPED:
    case UC_ERR_FETCH_PROT:
      return Stop::kBadFetch;
    default:
      return Stop::kUndefined;
  }
}

uint32_t UnicornCore::get(CoreRegister which) const {
  uint32_t value = 0;
  uc_reg_read(engine_, unicorn_register(which), &value);
  return which == CoreRegister::kPc ? value & ~1U : value;
}

void UnicornCore::set(CoreRegister which, uint32_t value) {
  if (which == CoreRegister::kPc) value |= 1U;
  uc_reg_write(engine_, unicorn_register(which), &value);
}

uint32_t UnicornCore::get_float(unsigned number) const {
  uint32_t value = 0;
  uc_reg_read(engine_, UC_ARM_REG_S0 + static_cast<int>(number), &value);
  return value;
}

void UnicornCore::set_float(unsigned number, uint32_t value) {
  uc_reg_write(engine_, UC_ARM_REG_S0 + static_cast<int>(number), &value);
}

bool UnicornCore::load(uint32_t address, uint32_t& word) {
  return read(address, &word, sizeof word);
}

bool UnicornCore::store(uint32_t address, uint32_t word) {
  return write(address, &word, sizeof word);
}

uint32_t UnicornCore::general(unsigned number) const {
  uint32_t value = 0;
  uc_reg_read(engine_, general_register(number), &value);
  return number == 15 ? value & ~1U : value;
}

void UnicornCore::set_general(unsigned number, uint32_t value) {
  if (number == 15) value |= 1U;
  uc_reg_write(engine_, general_register(number), &value);
}

bool UnicornCore::read(uint32_t address, void* to, size_t bytes) const {
  return uc_mem_read(engine_, address, to, bytes) == UC_ERR_OK;
}

bool UnicornCore::write(uint32_t address, const void* from, size_t bytes) {
  return uc_mem_write(engine_, address, from, bytes) == UC_ERR_OK;
}

}  // namespace tmc::sim
