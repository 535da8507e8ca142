// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The core's state as exception entry and return need it, whoever executes instructions.

#include <cstdint>

namespace tmc::sim {

enum class CoreRegister : uint8_t {
  kR0,
  kR1,
  kR2,
  kR3,
  kR12,
  kLr,
  kPc,
  kXpsr,
  kMsp,
  kPsp,
  kControl,
  kPrimask,
  kBasepri,
  kFaultmask,
  kFpscr,
};

class Core {
 public:
  virtual ~Core() = default;
  virtual uint32_t get(CoreRegister which) const = 0;
  virtual void set(CoreRegister which, uint32_t value) = 0;
  // s0 to s15.
  virtual uint32_t get_float(unsigned number) const = 0;
  virtual void set_float(unsigned number, uint32_t value) = 0;
  // Data of a word as the core itself reaches it, past the MPU. False where no memory answers.
  virtual bool load(uint32_t address, uint32_t& word) = 0;
  virtual bool store(uint32_t address, uint32_t word) = 0;
};

}  // namespace tmc::sim
