// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A chip without a program: tests are its driver, by the names of registers.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tmc/sim/chip/chip.hpp"

namespace tmc::sim {

struct ChipBench {
  std::vector<std::string> log;
  Chip chip{[this](std::string_view line) { log.emplace_back(line); }};

  uint32_t read(std::string_view name) { return chip.read(chip.address_of(name), 4); }
  void write(std::string_view name, uint32_t value) { chip.write(chip.address_of(name), 4, value); }
  void set(std::string_view name, uint32_t bits) { write(name, read(name) | bits); }
  void run(uint64_t cycles) { chip.advance_to(chip.now() + cycles); }
  bool pends(unsigned interrupt) { return chip.exceptions().is_pending(16 + interrupt); }
};

}  // namespace tmc::sim
