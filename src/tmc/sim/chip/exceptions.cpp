// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/sim/chip/exceptions.hpp"

#include <algorithm>

namespace tmc::sim {
namespace {

constexpr int kThread = 256;
constexpr uint32_t kForced = 1U << 30;

// Not to be disabled: all of the core but those of its faults, which SHCSR enables.
bool always_enabled(unsigned number) {
  return number < 16 && (number < kMemManage || number > kUsageFault);
}

}  // namespace

Masks masks_of(const Core& core) {
  return {(core.get(CoreRegister::kPrimask) & 1U) != 0, (core.get(CoreRegister::kFaultmask) & 1U) != 0,
          core.get(CoreRegister::kBasepri) & 0xF0U};
}

void Exceptions::set_line(unsigned interrupt, bool high) {
  const unsigned number = 16 + interrupt;
  if (high && !lines_[number]) pending_[number] = true;
  lines_[number] = high;
}

int Exceptions::group_priority(unsigned number) const {
  if (number <= kHardFault) return static_cast<int>(number) - 4;
  return static_cast<int>(priorities_[number] & ~((2U << priority_group) - 1));
}

int Exceptions::execution_priority(const Masks& masks) const {
  int priority = kThread;
  for (unsigned n = 2; n < kExceptions; ++n) {
    if (active_[n]) priority = std::min(priority, group_priority(n));
  }
  const auto group = static_cast<int>(masks.basepri & ~((2U << priority_group) - 1));
  if (masks.basepri != 0) priority = std::min(priority, group);
  if (masks.primask) priority = std::min(priority, 0);
  if (masks.faultmask) priority = std::min(priority, -1);
  return priority;
}

unsigned Exceptions::most_urgent_pending() const {
  unsigned best = 0;
  int best_priority = kThread;
  for (unsigned n = 2; n < kExceptions; ++n) {
    if (!pending_[n] || !(always_enabled(n) || enabled_[n])) continue;
    // Within a group the whole priority decides, and then the lower number.
    const int priority = n <= kHardFault ? group_priority(n) : static_cast<int>(priorities_[n]);
    if (priority < best_priority) best = n, best_priority = priority;
  }
  return best;
}

unsigned Exceptions::next(const Masks& masks) const {
  if (pending_.none()) return 0;
  const unsigned best = most_urgent_pending();
  return best != 0 && group_priority(best) < execution_priority(masks) ? best : 0;
}

void Exceptions::activate(unsigned number) {
  pending_[number] = false;
  active_[number] = true;
}

void Exceptions::deactivate(unsigned number) {
  active_[number] = false;
  if (lines_[number]) pending_[number] = true;
}

bool Exceptions::raise_fault(unsigned number, uint32_t bits, const Masks& masks) {
  cfsr |= bits;
  const int now = execution_priority(masks);
  if (number != kHardFault && enabled_[number] && group_priority(number) < now) {
    pending_[number] = true;
    return true;
  }
  if (now <= -1) return false;
  if (number != kHardFault) hfsr |= kForced;
  pending_[kHardFault] = true;
  return true;
}

}  // namespace tmc::sim
