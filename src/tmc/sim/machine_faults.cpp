// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// What the machine does where Unicorn comes back.

#include <fmt/format.h>

#include "tmc/sim/chip/exception_entry.hpp"
#include "tmc/sim/chip/memory_map.hpp"
#include "tmc/sim/fault_report.hpp"
#include "tmc/sim/machine.hpp"

namespace tmc::sim {
namespace {

// Whether the instruction at which the core stopped has run.
bool has_run(Stop stop) {
  switch (stop) {
    case Stop::kBadRead:
    case Stop::kBadWrite:
    case Stop::kUndefined:
    case Stop::kCoprocessor:
      return false;
    default:
      return true;
  }
}

}  // namespace

Status Machine::handle(Stop stop) {
  const uint32_t last = core_->last_instruction();
  const bool asked_before = stop == Stop::kAsked && core_->get(CoreRegister::kPc) == last;
  if (asked_before || !has_run(stop)) {
    instructions_ -= counted_instructions_;
    cycles_ -= counted_cycles_;
    if (counted_instructions_ != 0) block_bytes_ = 0;
    core_->set(CoreRegister::kPc, last);
  }
  if (early_fault_ != 0) {
    const uint32_t bits = std::exchange(early_fault_, 0);
    return fault(kUsageFault, bits, early_fault_text_);
  }
  switch (stop) {
    case Stop::kAsked:
      return {};
    case Stop::kWait:
      return sleep();
    case Stop::kSupervisor:
      return supervisor_call();
    case Stop::kBreakpoint:
      return breakpoint();
    case Stop::kReturn:
      return exception_return();
    case Stop::kUndefined:
      return undefined_instruction();
    case Stop::kCoprocessor:
      return fault(kUsageFault, kNocp, "an instruction for a coprocessor that is not there");
    case Stop::kState:
      return fault(kUsageFault, kInvstate, "a branch to an address without the Thumb bit");
    case Stop::kBadRead:
    case Stop::kBadWrite:
      return bad_access(core_->stop_value(), stop == Stop::kBadWrite);
    case Stop::kBadFetch:
      return bad_fetch(core_->get(CoreRegister::kPc));
  }
  return {};
}

Status Machine::supervisor_call() {
  Exceptions& exceptions = chip_.exceptions();
  if (!exceptions.preempts(kSvCall, masks_of(*core_))) {
    return fault(kHardFault, 0, "a supervisor call where its handler is not urgent enough to run");
  }
  exceptions.set_pending(kSvCall, true);
  return {};
}

Status Machine::breakpoint() {
  const uint32_t at = core_->get(CoreRegister::kPc);
  uint16_t instruction = 0;
  core_->read(at, &instruction, sizeof instruction);
  constexpr uint16_t kSemihosting = 0xBEAB;
  if (instruction != kSemihosting) {
    constexpr uint32_t kDebugEvent = 1U << 31;
    chip_.exceptions().hfsr |= kDebugEvent;
    return fault(kHardFault, 0, "a breakpoint without a debugger");
  }
  core_->set_general(0, semihosting_.call(core_->general(0), core_->general(1)));
  core_->set(CoreRegister::kPc, at + 2);
  return {};
}

Status Machine::exception_return() {
  const uint32_t value = core_->get(CoreRegister::kPc) | 1U;
  if ((core_->get(CoreRegister::kXpsr) & 0x1FFU) == 0) return bad_fetch(value);
  cycles_ += kReturnCycles;
  const EntryResult result = return_from_exception(*core_, chip_.exceptions(), chip_.mpu(), value);
  if (result == EntryResult::kTaken) return {};
  return stuck(Error::kToolFailed, "the core locks up: the return from an exception failed");
}

Status Machine::undefined_instruction() {
  uint16_t words[2] = {};
  core_->read(core_->get(CoreRegister::kPc), words, sizeof words);
  const Care care = care_of(words[0], words[1]);
  const bool real = care == Care::kFloat && (words[1] & 0x0100U) != 0;
  if (real) {
    // The part has it; to say that it is undefined there would be wrong.
    return stuck(Error::kToolFailed, "a double-precision instruction, which the simulator does not have");
  }
  if ((words[0] & 0xFF00U) == 0x4700U) {
    // BX or BLX to an even address: Unicorn refuses the branch, where the core takes it and faults at its target.
    const uint32_t target = core_->general(words[0] >> 3 & 0xFU);
    core_->set(CoreRegister::kPc, target & ~1U);
    return fault(kUsageFault, kInvstate,
                 fmt::format("a branch to 0x{:08X}, without the Thumb bit; it was at {}", target,
                             image_.describe(core_->last_instruction())));
  }
  return fault(kUsageFault, kUndefinstr, fmt::format("the undefined instruction 0x{:04X}", words[0]));
}

Status Machine::bad_access(uint32_t address, bool write) {
  const char* const what = write ? "a store to" : "a load from";
  Exceptions& exceptions = chip_.exceptions();
  if (!allowed(address, 1, write ? AccessKind::kWrite : AccessKind::kRead)) {
    exceptions.mmfar = address;
    return fault(kMemManage, kDaccviol | kMmarvalid, fmt::format("{} 0x{:08X}, which the MPU forbids", what, address));
  }
  const Memory* const memory = find_memory(address);
  const std::string where = memory == nullptr   ? std::string("where nothing is")
                            : !memory->writable ? fmt::format("which is {}", memory->name)
                                                : fmt::format("{}, which has no clock", memory->name);
  exceptions.bfar = address;
  return fault(kBusFault, kPreciserr | kBfarvalid, fmt::format("{} 0x{:08X}, {}", what, address, where));
}

Status Machine::bad_fetch(uint32_t address) {
  const bool forbidden = !allowed(address, 1, AccessKind::kExecute);
  return fault(forbidden ? kMemManage : kBusFault, forbidden ? kIaccviol : kIbuserr,
               fmt::format("a branch to 0x{:08X}, where no code can be; it was at {}", address,
                           image_.describe(core_->last_instruction())));
}

Status Machine::fault(unsigned number, uint32_t bits, std::string what) {
  constexpr std::string_view kNames[] = {"HardFault", "MemManage", "BusFault", "UsageFault"};
  what = fmt::format("{}: {}", kNames[number - kHardFault], what);
  if (!chip_.exceptions().raise_fault(number, bits, masks_of(*core_))) {
    return stuck(Error::kToolFailed, "the core locks up: a fault within the handler of faults: " + what);
  }
  log_(fault_report(*core_, image_, what));
  return {};
}

}  // namespace tmc::sim
