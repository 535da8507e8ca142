// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// The three C library functions that a compiler calls on its own. These cores read and write words at any address in
// normal memory, so words serve unaligned blocks too.

#include <stddef.h>
#include <stdint.h>

// Keeps the compiler from turning these loops into calls of the functions that they implement.
#pragma GCC optimize("no-tree-loop-distribute-patterns")

namespace {

uint32_t load_word(const unsigned char* from) {
  uint32_t word;
  __builtin_memcpy(&word, from, sizeof word);
  return word;
}

void store_word(unsigned char* to, uint32_t word) {
  __builtin_memcpy(to, &word, sizeof word);
}

}  // namespace

extern "C" void* memcpy(void* __restrict to, const void* __restrict from, size_t bytes) {
  auto* out = static_cast<unsigned char*>(to);
  const auto* in = static_cast<const unsigned char*>(from);
  for (; bytes >= 16; bytes -= 16, out += 16, in += 16) {
    const uint32_t a = load_word(in);
    const uint32_t b = load_word(in + 4);
    const uint32_t c = load_word(in + 8);
    const uint32_t d = load_word(in + 12);
    store_word(out, a);
    store_word(out + 4, b);
    store_word(out + 8, c);
    store_word(out + 12, d);
  }
  for (; bytes != 0; --bytes) *out++ = *in++;
  return to;
}

// Copying upwards is right when the destination lies below the source: each read is ahead of each write.
extern "C" void* memmove(void* to, const void* from, size_t bytes) {
  auto* out = static_cast<unsigned char*>(to);
  const auto* in = static_cast<const unsigned char*>(from);
  if (out <= in) return memcpy(to, from, bytes);
  while (bytes != 0) {
    --bytes;
    out[bytes] = in[bytes];
  }
  return to;
}

extern "C" void* memset(void* to, int value, size_t bytes) {
  auto* out = static_cast<unsigned char*>(to);
  const uint32_t word = static_cast<unsigned char>(value) * 0x01010101U;
  for (; bytes >= 8; bytes -= 8, out += 8) {
    store_word(out, word);
    store_word(out + 4, word);
  }
  for (; bytes != 0; --bytes) *out++ = static_cast<unsigned char>(value);
  return to;
}
