// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// More instructions of Armv7E-M on the two lanes of a word (detail/intrinsics.hpp), and the same in C++. Lanes and sums
// wrap.

#include "tmc/kernels/armv7em/detail/intrinsics.hpp"

namespace tmc::kernels::armv7em {

constexpr int32_t both_lanes(int32_t value) {
  return pack_bottoms(value, value);
}

#if TMC_ARMV7EM_DSP

inline int32_t sadd16(int32_t a, int32_t b) {
  return __sadd16(a, b);
}
inline int32_t ssub16(int32_t a, int32_t b) {
  return __ssub16(a, b);
}
// The bottom lane plus the other's top, and the top lane less the other's bottom.
inline int32_t ssax(int32_t a, int32_t b) {
  return __ssax(a, b);
}
// Less and plus.
inline int32_t sasx(int32_t a, int32_t b) {
  return __sasx(a, b);
}
// sum + bottoms' product - tops' product
inline int32_t smlsd(int32_t a, int32_t b, int32_t sum) {
  return __smlsd(a, b, sum);
}
// sum + bottom * top + top * bottom
inline int32_t smladx(int32_t a, int32_t b, int32_t sum) {
  return __smladx(a, b, sum);
}
// sum + both products
inline int64_t smlald(int32_t a, int32_t b, int64_t sum) {
  return __smlald(a, b, sum);
}
inline int32_t smuad(int32_t a, int32_t b) {
  return __smuad(a, b);
}
// The larger of each pair.
inline int32_t max_lanes(int32_t a, int32_t b) {
  int32_t differences;
  asm("ssub16 %1, %0, %2\n\tsel %0, %0, %2" : "+r"(a), "=&r"(differences) : "r"(b) : "cc");
  return a;
}
// The bottom half of `low`, and that of `high`, which is shifted by less than 16 before.
template <int kBits>
int32_t pack_shifted(int32_t low, int32_t high) {
  int32_t word;
  asm("pkhbt %0, %1, %2, lsl %3" : "=r"(word) : "r"(low), "r"(high), "n"(16 - kBits));
  return word;
}
// pack_tops, in one instruction, which compilers do not find.
inline int32_t pkhtb(int32_t low, int32_t high) {
  int32_t word;
  asm("pkhtb %0, %1, %2, asr #16" : "=r"(word) : "r"(high), "r"(low));
  return word;
}
// Magnitudes of lanes; that of -32768 is itself.
inline int32_t magnitudes(int32_t word) {
  int32_t negative;
  asm("ssub16 %0, %1, %2\n\tsel %0, %0, %2" : "=&r"(negative) : "r"(0), "r"(word) : "cc");
  return negative;
}

#else

inline int32_t sadd16(int32_t a, int32_t b) {
  return pack_bottoms(bottom(a) + bottom(b), top(a) + top(b));
}
inline int32_t ssub16(int32_t a, int32_t b) {
  return pack_bottoms(bottom(a) - bottom(b), top(a) - top(b));
}
inline int32_t ssax(int32_t a, int32_t b) {
  return pack_bottoms(bottom(a) + top(b), top(a) - bottom(b));
}
inline int32_t sasx(int32_t a, int32_t b) {
  return pack_bottoms(bottom(a) - top(b), top(a) + bottom(b));
}
inline int32_t smlsd(int32_t a, int32_t b, int32_t sum) {
  return wrapping_subtract(wrapping_add(sum, bottom(a) * bottom(b)), top(a) * top(b));
}
inline int32_t smladx(int32_t a, int32_t b, int32_t sum) {
  return wrapping_add(wrapping_add(sum, bottom(a) * top(b)), top(a) * bottom(b));
}
inline int64_t smlald(int32_t a, int32_t b, int64_t sum) {
  return sum + bottom(a) * bottom(b) + int64_t{top(a)} * top(b);
}
inline int32_t smuad(int32_t a, int32_t b) {
  return smlad(a, b, 0);
}
inline int32_t max_lanes(int32_t a, int32_t b) {
  return pack_bottoms(bottom(a) > bottom(b) ? bottom(a) : bottom(b), top(a) > top(b) ? top(a) : top(b));
}
template <int kBits>
int32_t pack_shifted(int32_t low, int32_t high) {
  return pack_bottoms(low, high >> kBits);
}
inline int32_t pkhtb(int32_t low, int32_t high) {
  return pack_tops(low, high);
}
inline int32_t magnitudes(int32_t word) {
  const int32_t low = bottom(word), high = top(word);
  return pack_bottoms(low < 0 ? -low : low, high < 0 ? -high : high);
}

#endif

}  // namespace tmc::kernels::armv7em
