// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Exceptions of the core and interrupts of the chip: what is pending, enabled and active, and with which priorities;
// the registers of SCB and NVIC that say so. Armv7-M reference manual, B1.5. The core implements the upper four bits of
// a priority (RM0433, 19.1).

#include <array>
#include <bitset>
#include <cstdint>

#include "tmc/sim/chip/core.hpp"

namespace tmc::sim {

inline constexpr unsigned kInterrupts = 150;  // RM0433, table 143
inline constexpr unsigned kExceptions = 16 + kInterrupts;

enum ExceptionNumber : unsigned {
  kReset = 1,
  kNmi = 2,
  kHardFault = 3,
  kMemManage = 4,
  kBusFault = 5,
  kUsageFault = 6,
  kSvCall = 11,
  kDebugMonitor = 12,
  kPendSv = 14,
  kSysTick = 15,
};

// Bits of CFSR (B3.2.15).
enum FaultBits : uint32_t {
  kIaccviol = 1U << 0,
  kDaccviol = 1U << 1,
  kMunstkerr = 1U << 3,
  kMstkerr = 1U << 4,
  kMmarvalid = 1U << 7,
  kIbuserr = 1U << 8,
  kPreciserr = 1U << 9,
  kImpreciserr = 1U << 10,
  kUnstkerr = 1U << 11,
  kStkerr = 1U << 12,
  kBfarvalid = 1U << 15,
  kUndefinstr = 1U << 16,
  kInvstate = 1U << 17,
  kInvpc = 1U << 18,
  kNocp = 1U << 19,
  kUnaligned = 1U << 24,
  kDivbyzero = 1U << 25,
};

struct Masks {
  bool primask = false;
  bool faultmask = false;
  uint32_t basepri = 0;
  bool operator==(const Masks&) const = default;
};

Masks masks_of(const Core& core);

class Exceptions {
 public:
  void reset() { *this = Exceptions(); }

  void set_pending(unsigned number, bool on) { pending_[number] = on; }
  // By software. A line that is high pends again at once.
  void clear_pending(unsigned number) { pending_[number] = lines_[number] && !active_[number]; }
  bool is_pending(unsigned number) const { return pending_[number]; }
  void set_enabled(unsigned number, bool on) { enabled_[number] = on; }
  bool is_enabled(unsigned number) const { return enabled_[number]; }
  void set_active(unsigned number, bool on) { active_[number] = on; }
  bool is_active(unsigned number) const { return active_[number]; }
  bool any_active() const { return active_.any(); }
  void set_priority(unsigned number, uint32_t priority) { priorities_[number] = priority & 0xF0U; }
  uint32_t priority(unsigned number) const { return priorities_[number]; }
  // Of a peripheral. A line that is still high when its handler returns pends again (B3.4.2).
  void set_line(unsigned interrupt, bool high);

  // Lower is more urgent; thread mode without masks is 256.
  int execution_priority(const Masks& masks) const;
  bool preempts(unsigned number, const Masks& masks) const {
    return group_priority(number) < execution_priority(masks);
  }
  // The exception that is to be taken now, or 0.
  unsigned next(const Masks& masks) const;
  // The most urgent pending one, masked or not, or 0: ICSR.VECTPENDING.
  unsigned most_urgent_pending() const;
  bool negative_priority(const Masks& masks) const { return execution_priority(masks) < 0; }

  // From pending to active, and back to neither.
  void activate(unsigned number);
  void deactivate(unsigned number);

  // A fault of what is running: sets its bits, and pends the handler that takes it (B1.5.14). False: there is none, the
  // core locks up.
  bool raise_fault(unsigned number, uint32_t bits, const Masks& masks);

  // Registers of SCB that others look at.
  uint32_t vtor = 0x08000000;
  uint32_t priority_group = 0;  // PRIGROUP
  uint32_t ccr = 0x00040200;    // BP and STKALIGN
  uint32_t cfsr = 0, hfsr = 0, mmfar = 0, bfar = 0;
  uint32_t cpacr = 0;
  uint32_t fpccr = 0xC0000000, fpcar = 0, fpdscr = 0;
  bool float_active = false;  // CONTROL.FPCA

 private:
  int group_priority(unsigned number) const;

  std::bitset<kExceptions> pending_, enabled_, active_, lines_;
  std::array<uint32_t, kExceptions> priorities_{};
};

}  // namespace tmc::sim
