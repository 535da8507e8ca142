// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/sim/chip/exception_entry.hpp"

namespace tmc::sim {
namespace {

constexpr uint32_t kBasicBytes = 32, kFloatBytes = 104;
constexpr uint32_t kLspen = 1U << 30, kLspact = 1U << 0, kAspen = 1U << 31;
constexpr uint32_t kStackAligned = 1U << 9;  // of the stacked xPSR: four bytes of padding
constexpr uint32_t kThumb = 1U << 24;
constexpr uint32_t kStkalign = 1U << 9;

// A frame on a stack: words from an address up, with a note of what went wrong.
class Frame {
 public:
  Frame(Core& core, const Mpu& mpu, uint32_t base, bool privileged, bool negative)
      : core_(core), mpu_(mpu), base_(base), privileged_(privileged), negative_(negative) {}

  void store(unsigned word, uint32_t value) {
    const uint32_t address = base_ + 4 * word;
    if (!mpu_.allows(address, AccessKind::kWrite, privileged_, negative_)) {
      denied_ = true;
    } else if (!core_.store(address, value)) {
      failed_ = true;
    }
  }

  uint32_t load(unsigned word) {
    const uint32_t address = base_ + 4 * word;
    uint32_t value = 0;
    if (!mpu_.allows(address, AccessKind::kRead, privileged_, negative_)) {
      denied_ = true;
    } else if (!core_.load(address, value)) {
      failed_ = true;
    }
    return value;
  }

  bool denied() const { return denied_; }
  bool failed() const { return failed_; }

 private:
  Core& core_;
  const Mpu& mpu_;
  uint32_t base_;
  bool privileged_, negative_;
  bool denied_ = false, failed_ = false;
};

bool in_handler(const Core& core) {
  return (core.get(CoreRegister::kXpsr) & 0x1FFU) != 0;
}

bool is_privileged(const Core& core) {
  return in_handler(core) || (core.get(CoreRegister::kControl) & 1U) == 0;
}

bool uses_process_stack(const Core& core) {
  return !in_handler(core) && (core.get(CoreRegister::kControl) & 2U) != 0;
}

void store_floats(Core& core, Frame& frame, unsigned first_word) {
  for (unsigned i = 0; i < 16; ++i) frame.store(first_word + i, core.get_float(i));
  frame.store(first_word + 16, core.get(CoreRegister::kFpscr));
}

// Pushes the state of what is running; returns EXC_RETURN.
uint32_t push_frame(Core& core, Exceptions& exceptions, const Mpu& mpu, bool& denied, bool& failed) {
  const bool process = uses_process_stack(core);
  const bool floats = exceptions.float_active;
  const CoreRegister stack = process ? CoreRegister::kPsp : CoreRegister::kMsp;
  const uint32_t before = core.get(stack);
  const bool align = floats || (exceptions.ccr & kStkalign) != 0;
  const bool padded = align && (before & 4U) != 0;
  const uint32_t base = (before - (floats ? kFloatBytes : kBasicBytes)) & (align ? ~7U : ~3U);
  core.set(stack, base);
  Frame frame(core, mpu, base, is_privileged(core), exceptions.negative_priority(masks_of(core)));
  constexpr CoreRegister kOrder[] = {CoreRegister::kR0,  CoreRegister::kR1, CoreRegister::kR2, CoreRegister::kR3,
                                     CoreRegister::kR12, CoreRegister::kLr, CoreRegister::kPc};
  for (unsigned i = 0; i < 7; ++i) frame.store(i, core.get(kOrder[i]));
  frame.store(7, (core.get(CoreRegister::kXpsr) & ~kStackAligned) | (padded ? kStackAligned : 0));
  if (floats && (exceptions.fpccr & kLspen) != 0) {
    exceptions.fpcar = base + kBasicBytes;
    exceptions.fpccr |= kLspact;
  } else if (floats) {
    store_floats(core, frame, 8);
  }
  denied = frame.denied();
  failed = frame.failed();
  exceptions.float_active = false;
  return (in_handler(core) ? 0xFFFFFFF1U : process ? 0xFFFFFFFDU : 0xFFFFFFF9U) & ~(floats ? 0x10U : 0U);
}

// Continues at a handler; what is running is on the stack already.
EntryResult start_handler(Core& core, Exceptions& exceptions, unsigned number, uint32_t exc_return) {
  uint32_t vector = 0;
  if (!core.load(exceptions.vtor + 4 * number, vector)) {
    if (number == kHardFault) return EntryResult::kLockup;
    constexpr uint32_t kVecttbl = 1U << 1;
    exceptions.hfsr |= kVecttbl;
    return start_handler(core, exceptions, kHardFault, exc_return);
  }
  exceptions.activate(number);
  core.set(CoreRegister::kLr, exc_return);
  // Flags survive; the state of an IT block does not.
  core.set(CoreRegister::kXpsr, (core.get(CoreRegister::kXpsr) & 0xF80F0000U) | (vector & 1U ? kThumb : 0) | number);
  core.set(CoreRegister::kPc, vector & ~1U);
  return EntryResult::kTaken;
}

void pop_floats(Core& core, Exceptions& exceptions, Frame& frame) {
  if ((exceptions.fpccr & kLspact) != 0) {
    exceptions.fpccr &= ~kLspact;  // nobody used them: they are still there
  } else {
    for (unsigned i = 0; i < 16; ++i) core.set_float(i, frame.load(8 + i));
    core.set(CoreRegister::kFpscr, frame.load(24));
  }
}

// Whether EXC_RETURN fits what is active (B1.5.8).
bool consistent(const Core& core, const Exceptions& exceptions, uint32_t exc_return, unsigned returning) {
  const uint32_t kind = exc_return & 0xFU;
  if ((exc_return & 0xFFFFFFE0U) != 0xFFFFFFE0U || (kind != 1 && kind != 9 && kind != 13)) return false;
  if (!exceptions.is_active(returning)) return false;
  bool nested = false;
  for (unsigned n = 1; n < kExceptions; ++n) nested |= n != returning && exceptions.is_active(n);
  constexpr uint32_t kNonbasethrdena = 1;
  if (kind == 1) return nested;
  return !nested || (exceptions.ccr & kNonbasethrdena) != 0 || !in_handler(core);
}

}  // namespace

EntryResult take_exception(Core& core, Exceptions& exceptions, const Mpu& mpu, unsigned number) {
  bool denied = false, failed = false;
  const uint32_t exc_return = push_frame(core, exceptions, mpu, denied, failed);
  unsigned taken = number;
  if (denied || failed) {
    const Masks masks = masks_of(core);
    // The exception whose entry failed stays pending; what comes first is taken.
    const unsigned fault = denied ? kMemManage : kBusFault;
    if (!exceptions.raise_fault(fault, denied ? kMstkerr : kStkerr, masks)) return EntryResult::kLockup;
    taken = exceptions.next(masks);
  }
  return start_handler(core, exceptions, taken, exc_return);
}

EntryResult return_from_exception(Core& core, Exceptions& exceptions, const Mpu& mpu, uint32_t exc_return) {
  const unsigned returning = core.get(CoreRegister::kXpsr) & 0x1FFU;
  const bool sound = consistent(core, exceptions, exc_return, returning);
  exceptions.deactivate(returning);
  if (returning != kNmi) core.set(CoreRegister::kFaultmask, 0);
  if (!sound) {
    if (!exceptions.raise_fault(kUsageFault, kInvpc, masks_of(core))) return EntryResult::kLockup;
  }
  const unsigned chained = exceptions.next(masks_of(core));
  if (chained != 0) return start_handler(core, exceptions, chained, exc_return);

  const bool process = (exc_return & 0xFU) == 13;
  const bool floats = (exc_return & 0x10U) == 0;
  const CoreRegister stack = process ? CoreRegister::kPsp : CoreRegister::kMsp;
  const uint32_t base = core.get(stack);
  const bool thread = (exc_return & 0xFU) != 1;
  const bool privileged = !thread || (core.get(CoreRegister::kControl) & 1U) == 0;
  Frame frame(core, mpu, base, privileged, exceptions.negative_priority(masks_of(core)));
  uint32_t words[8];
  for (unsigned i = 0; i < 8; ++i) words[i] = frame.load(i);
  if (floats) pop_floats(core, exceptions, frame);
  if (frame.denied() || frame.failed()) {
    const unsigned fault = frame.denied() ? kMemManage : kBusFault;
    if (!exceptions.raise_fault(fault, frame.denied() ? kMunstkerr : kUnstkerr, masks_of(core))) {
      return EntryResult::kLockup;
    }
    return start_handler(core, exceptions, exceptions.next(masks_of(core)), exc_return);
  }
  exceptions.float_active = floats;
  const uint32_t padding = (words[7] & kStackAligned) != 0 ? 4 : 0;
  core.set(stack, base + (floats ? kFloatBytes : kBasicBytes) + padding);
  const uint32_t control = core.get(CoreRegister::kControl);
  if (thread) core.set(CoreRegister::kControl, (control & ~2U) | (process ? 2U : 0U));
  constexpr CoreRegister kOrder[] = {CoreRegister::kR0, CoreRegister::kR1,  CoreRegister::kR2,
                                     CoreRegister::kR3, CoreRegister::kR12, CoreRegister::kLr};
  for (unsigned i = 0; i < 6; ++i) core.set(kOrder[i], words[i]);
  core.set(CoreRegister::kXpsr, thread ? words[7] & ~0x1FFU : words[7]);
  core.set(CoreRegister::kPc, words[6] & ~1U);
  return EntryResult::kTaken;
}

bool prepare_float(Core& core, Exceptions& exceptions) {
  const uint32_t access = exceptions.cpacr >> 20 & 3U;
  if (access != 3 && !(access == 1 && is_privileged(core))) return false;
  if ((exceptions.fpccr & kLspact) != 0) {
    for (unsigned i = 0; i < 16; ++i) core.store(exceptions.fpcar + 4 * i, core.get_float(i));
    core.store(exceptions.fpcar + 64, core.get(CoreRegister::kFpscr));
    exceptions.fpccr &= ~kLspact;
  }
  if (!exceptions.float_active && (exceptions.fpccr & kAspen) != 0) {
    core.set(CoreRegister::kFpscr, exceptions.fpdscr);
    exceptions.float_active = true;
  }
  return true;
}

}  // namespace tmc::sim
