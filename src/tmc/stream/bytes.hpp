// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Little-endian integers in bytes of any alignment, and the checksum of saved states: CRC-32 of ISO 3309, as zlib has
// it. Freestanding.

#include <stdint.h>

namespace tmc::stream {

inline void put_u16(uint8_t* to, uint32_t value) {
  to[0] = static_cast<uint8_t>(value);
  to[1] = static_cast<uint8_t>(value >> 8);
}
inline void put_u32(uint8_t* to, uint32_t value) {
  put_u16(to, value & 0xFFFF);
  put_u16(to + 2, value >> 16);
}
inline void put_u64(uint8_t* to, uint64_t value) {
  put_u32(to, static_cast<uint32_t>(value));
  put_u32(to + 4, static_cast<uint32_t>(value >> 32));
}

inline uint32_t get_u16(const uint8_t* from) {
  return from[0] | static_cast<uint32_t>(from[1]) << 8;
}
inline uint32_t get_u32(const uint8_t* from) {
  return get_u16(from) | get_u16(from + 2) << 16;
}
inline uint64_t get_u64(const uint8_t* from) {
  return get_u32(from) | static_cast<uint64_t>(get_u32(from + 4)) << 32;
}

// Bit by bit: states are tens of bytes, and a table would be a kilobyte of flash.
inline uint32_t crc32(const uint8_t* bytes, uint32_t count) {
  uint32_t sum = 0xFFFFFFFFU;
  for (uint32_t i = 0; i < count; ++i) {
    sum ^= bytes[i];
    for (int bit = 0; bit < 8; ++bit) sum = sum >> 1 ^ ((sum & 1) != 0 ? 0xEDB88320U : 0);
  }
  return ~sum;
}

}  // namespace tmc::stream
