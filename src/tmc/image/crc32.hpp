// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// CRC-32 of IEEE 802.3 (reflected, polynomial 0xedb88320), as zlib has it: finds damage, not intent. Freestanding, a
// table of 16 entries, a nibble at a time.

#include <stddef.h>
#include <stdint.h>

namespace tmc::image {

// Of bytes that follow those of `crc`; begins with 0.
inline uint32_t crc32(uint32_t crc, const uint8_t* bytes, size_t count) {
  static constexpr uint32_t kNibbles[16] = {0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4,
                                            0x4db26158, 0x5005713c, 0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c,
                                            0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c};
  crc = ~crc;
  for (size_t i = 0; i < count; ++i) {
    crc ^= bytes[i];
    crc = (crc >> 4) ^ kNibbles[crc & 15];
    crc = (crc >> 4) ^ kNibbles[crc & 15];
  }
  return ~crc;
}

}  // namespace tmc::image
