// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/sim/core/thumb.hpp"

namespace tmc::sim {
namespace {

constexpr bool matches(uint16_t word, uint16_t mask, uint16_t value) {
  return (word & mask) == value;
}

bool is_float(uint16_t first, uint16_t second) {
  const bool coprocessor = matches(first, 0xEC00, 0xEC00) && !matches(first, 0x0300, 0x0300);
  return coprocessor && matches(second, 0x0E00, 0x0A00);
}

bool moves_core_registers(uint16_t first) {
  return matches(first, 0xFFE0, 0xEC40);
}

}  // namespace

Care care_of(uint16_t first, uint16_t second) {
  if (!is_wide(first)) {
    if (matches(first, 0xFF00, 0xBF00) && (first & 0xFU) != 0) return Care::kIfThen;
    return matches(first, 0xF000, 0xC000) ? Care::kAligned : Care::kNone;  // LDM, STM
  }
  if (is_float(first, second)) {
    const bool memory = matches(first, 0xFE00, 0xEC00) && !moves_core_registers(first);
    return memory ? Care::kAlignedFloat : Care::kFloat;
  }
  if (matches(first, 0xFE40, 0xE800)) return Care::kAligned;  // LDM, STM, PUSH and POP
  if (matches(first, 0xFFE0, 0xE8C0)) return Care::kNone;     // TBB, TBH, exclusives of bytes
  if (matches(first, 0xFE40, 0xE840)) return Care::kAligned;  // LDRD, STRD, LDREX, STREX
  if (matches(first, 0xFFD0, 0xFB90) && matches(second, 0x00F0, 0x00F0)) return Care::kDivide;
  return Care::kNone;
}

WordAddress word_address(uint16_t first, uint16_t second) {
  if (!is_wide(first)) return {static_cast<uint8_t>(first >> 8 & 7U), 0};
  const auto base = static_cast<uint8_t>(first & 0xFU);
  const bool before = (first & 0x0100U) != 0;  // P: the offset counts before the access
  const bool multiple =
      matches(first, 0xFE40, 0xE800) || (matches(first, 0xFE00, 0xEC00) && (first & 0x0120U) != 0x0100U);
  const bool exclusive = matches(first, 0xFFE0, 0xE840);
  if (multiple || !(before || exclusive)) return {base, 0};  // whole words are counted from the base
  const int32_t offset = (second & 0xFF) * 4;
  return {base, exclusive || (first & 0x0080U) != 0 ? offset : -offset};
}

}  // namespace tmc::sim
