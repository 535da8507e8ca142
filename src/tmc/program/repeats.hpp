// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Where a placed program's steps repeat: the same nodes with the same Params and constants, over operands that lie
// further on by the same distance each time. Stripes in the middle of an image do. Code that calls the steps may do so
// in a loop, which takes the flash of one trip; nothing else about the program changes.

#include <cstdint>
#include <vector>

#include "tmc/program/program.hpp"

namespace tmc::program {

struct Repeat {
  int32_t first = 0;   // step
  int32_t period = 1;  // steps of a trip
  int32_t trips = 2;
  std::vector<std::vector<int64_t>> advance_bytes;  // [step of a trip][operand], each trip
  int32_t end() const { return first + period * trips; }
};

// In their order, none over steps of another: those that leave the fewest calls, where a loop is worth some. None where
// addresses are open.
std::vector<Repeat> find_repeats(const Program& program);

}  // namespace tmc::program
