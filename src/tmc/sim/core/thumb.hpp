// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the simulator has to know of a Thumb instruction beside what Unicorn does with it (Armv7-M reference manual,
// A5).

#include <cstdint>

namespace tmc::sim {

// What has to be looked at before an instruction runs.
enum class Care : uint8_t {
  kUnknown,  // not decoded yet
  kNone,
  kAligned,       // loads or stores words that must be aligned (A3.2.1): Unicorn does not mind
  kFloat,         // uses the floating-point unit
  kAlignedFloat,  // both
  kDivide,        // may trap on zero
  kIfThen,        // IT: up to four instructions follow that may be passed over
};

constexpr bool is_wide(uint16_t first) {
  return first >> 11 >= 0x1D;
}

Care care_of(uint16_t first, uint16_t second);

// Of kAligned and kAlignedFloat: where the words begin is this register plus this many bytes.
struct WordAddress {
  uint8_t base;
  int32_t offset;
};

WordAddress word_address(uint16_t first, uint16_t second);

// Of kDivide.
constexpr unsigned divisor_register(uint16_t second) {
  return second & 0xFU;
}

// Of kIfThen: how many instructions its block has (A7.7.38): the lowest set bit of the mask ends it.
constexpr unsigned block_length(uint16_t first) {
  return (first & 1U) != 0 ? 4 : (first & 2U) != 0 ? 3 : (first & 4U) != 0 ? 2 : 1;
}

constexpr bool is_wait(uint16_t first) {
  return first == 0xBF30 || first == 0xBF20;  // WFI, WFE
}

}  // namespace tmc::sim
