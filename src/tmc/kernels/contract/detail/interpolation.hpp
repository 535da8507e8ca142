// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Functions of one int16 value as a table of 513 int16 entries, between which is interpolated: entry i belongs to input
// 128 * i - 32768. TFLite's LUTLookup.

#include <stdint.h>

namespace tmc::kernels {

constexpr int32_t kInterpolationEntries = 513;

constexpr int16_t interpolated(const int16_t* table, int16_t value) {
  const int16_t* entry = table + 256 + (value >> 7);
  const int32_t slope = entry[1] - entry[0];
  return static_cast<int16_t>(entry[0] + ((slope * (value & 127) + 64) >> 7));
}

}  // namespace tmc::kernels
