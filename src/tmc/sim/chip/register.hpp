// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A row of a peripheral's register map, as the reference manual prints it: what it is called, where it lies, what reset
// makes of it and which bits software can change. What a register does beyond keeping those bits is a function of the
// peripheral, named in the row:
//
//   {.name = "CR", .offset = 0x00, .reset = 0x83, .writable = 0x1F, .write = &Rcc::write_cr}
//
// `read` gets the kept value and returns what software sees. `write` gets what software wrote, and returns what is
// kept.

#include <cstdint>
#include <string_view>

namespace tmc::sim {

template <typename P>
struct RegisterOf {
  std::string_view name;
  uint32_t offset = 0;
  uint32_t reset = 0;
  uint32_t writable = 0;        // bits that take what is written
  uint32_t write_1_clears = 0;  // bits that a written one clears
  uint32_t (P::*read)(uint32_t kept) = nullptr;
  uint32_t (P::*write)(uint32_t kept, uint32_t written) = nullptr;
};

}  // namespace tmc::sim
