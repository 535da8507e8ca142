// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Instructions of a piece of a program, by the board's counter.

#include "counter.hpp"

namespace tmc::board {

// From the call of `action` to its return, with what reading the counter takes: that of an empty action is to be
// subtracted. Inlined, so that both are the same code.
template <typename Action>
[[gnu::always_inline]] inline uint64_t instructions_of(const Action& action) {
  counter_start();
  const Reading from = counter_read();
  action();
  const Reading to = counter_read();
  return counter_instructions(from, to);
}

}  // namespace tmc::board
