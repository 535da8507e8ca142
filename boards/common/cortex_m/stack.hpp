// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Stack painting: the unused part of the stack is filled with a pattern, and the lowest word that no longer holds it
// tells how deep the stack has been. A frame that is reserved and never written stays invisible to this method.
// Everything here runs on the main stack with no interrupt enabled.

#include <stdint.h>

#include "linker_symbols.hpp"

namespace tmc::board {

// Four different bytes, so that no loop over it is mistaken for a memset.
inline constexpr uint32_t kStackPaint = 0xC5A35A3C;

[[gnu::always_inline]] inline uint32_t* stack_pointer() {
  uint32_t* pointer;
  asm volatile("mov %0, sp" : "=r"(pointer));
  return pointer;
}

// Paints from the limit up to the caller's stack pointer and returns that pointer. Inlined, so that no frame of this
// function lies between the paint and what the caller calls next.
[[gnu::always_inline]] inline uint32_t* paint_stack() {
  uint32_t* const top = stack_pointer();
  for (volatile uint32_t* word = tmc_ld_stack_limit; word != top; ++word) *word = kStackPaint;
  return top;
}

// Bytes below `top` that have been written since the stack was painted.
inline uint32_t used_stack_bytes(const uint32_t* top) {
  const volatile uint32_t* word = tmc_ld_stack_limit;
  while (word != top && *word == kStackPaint) ++word;
  return static_cast<uint32_t>(reinterpret_cast<uintptr_t>(top) - reinterpret_cast<uintptr_t>(word));
}

}  // namespace tmc::board
