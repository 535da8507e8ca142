// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The instructions of the Armv7E-M DSP extension that the implementations use (Armv7-M Architecture Reference Manual,
// A7.7), and the same in C++ for every other machine, so that the implementations run and are tested anywhere. Lanes
// are 16-bit halves of a word, bottom first; sums wrap.
//
// TMC_ARMV7EM_ASSEMBLY is 1 where the hand-written inner loops are used: on such a core, unless TMC_NO_ASM is defined.

#include <stdint.h>

#if defined(__ARM_FEATURE_SIMD32) && defined(__ARM_FEATURE_DSP) && __ARM_ARCH_PROFILE == 'M'
#define TMC_ARMV7EM_DSP 1
#include <arm_acle.h>
#else
#define TMC_ARMV7EM_DSP 0
#endif

#if TMC_ARMV7EM_DSP && !defined(TMC_NO_ASM)
#define TMC_ARMV7EM_ASSEMBLY 1
#else
#define TMC_ARMV7EM_ASSEMBLY 0
#endif

namespace tmc::kernels::armv7em {

constexpr int32_t bottom(int32_t word) {
  return static_cast<int16_t>(word);
}
constexpr int32_t top(int32_t word) {
  return word >> 16;
}
// Compilers know this instruction, but not that of both top lanes.
constexpr int32_t smulbb(int32_t a, int32_t b) {
  return bottom(a) * bottom(b);
}
constexpr int32_t wrapping_add(int32_t a, int32_t b) {
  return static_cast<int32_t>(static_cast<uint32_t>(a) + static_cast<uint32_t>(b));
}
constexpr int32_t wrapping_subtract(int32_t a, int32_t b) {
  return static_cast<int32_t>(static_cast<uint32_t>(a) - static_cast<uint32_t>(b));
}
constexpr int32_t wrapping_multiply_add(int32_t a, int32_t b, int32_t sum) {
  return static_cast<int32_t>(static_cast<uint32_t>(a) * static_cast<uint32_t>(b) + static_cast<uint32_t>(sum));
}
// PKHBT, and PKHTB with a shift: both bottom, both top lanes, or a bottom and a top one.
constexpr int32_t pack_bottoms(int32_t low, int32_t high) {
  return static_cast<int32_t>((static_cast<uint32_t>(low) & 0xFFFF) | (static_cast<uint32_t>(high) << 16));
}
constexpr int32_t pack_bottom_and_top(int32_t low, int32_t high) {
  return static_cast<int32_t>((static_cast<uint32_t>(low) & 0xFFFF) | (static_cast<uint32_t>(high) & 0xFFFF0000));
}
constexpr int32_t pack_tops(int32_t low, int32_t high) {
  return static_cast<int32_t>((static_cast<uint32_t>(low) >> 16) | (static_cast<uint32_t>(high) & 0xFFFF0000));
}

// Loads a word from any address.
inline int32_t load_word(const void* from) {
  int32_t word;
  __builtin_memcpy(&word, from, sizeof word);
  return word;
}

inline void store_word(int32_t word, void* to) {
  __builtin_memcpy(to, &word, sizeof word);
}

#if TMC_ARMV7EM_DSP

inline int32_t smlad(int32_t a, int32_t b, int32_t sum) {
  return __smlad(a, b, sum);
}
inline int32_t smlabb(int32_t a, int32_t b, int32_t sum) {
  return __smlabb(a, b, sum);
}
inline int32_t smlabt(int32_t a, int32_t b, int32_t sum) {
  return __smlabt(a, b, sum);
}
inline int32_t smlatb(int32_t a, int32_t b, int32_t sum) {
  return __smlatb(a, b, sum);
}
inline int32_t smlatt(int32_t a, int32_t b, int32_t sum) {
  return __smlatt(a, b, sum);
}
// sum + (a * lane of b) >> 16
inline int32_t smlawb(int32_t a, int32_t b, int32_t sum) {
  return __smlawb(a, b, sum);
}
inline int32_t smlawt(int32_t a, int32_t b, int32_t sum) {
  return __smlawt(a, b, sum);
}
// Bytes 0 and 2, or 1 and 3, sign-extended to lanes.
inline int32_t sxtb16(int32_t word) {
  return __sxtb16(word);
}
inline int32_t sxtb16_ror8(int32_t word) {
  int32_t lanes;
  asm("sxtb16 %0, %1, ror #8" : "=r"(lanes) : "r"(word));
  return lanes;
}
// Bytes 0 and 2, zero-extended.
inline int32_t uxtb16(int32_t word) {
  return static_cast<int32_t>(__uxtb16(static_cast<uint32_t>(word)));
}
// sxtb16 added to lanes.
inline int32_t sxtab16(int32_t lanes, int32_t word) {
  return __sxtab16(lanes, word);
}
inline int32_t sxtab16_ror8(int32_t lanes, int32_t word) {
  int32_t sums;
  asm("sxtab16 %0, %1, %2, ror #8" : "=r"(sums) : "r"(lanes), "r"(word));
  return sums;
}
// (sum * 2^32 + a * b + 2^31) >> 32
inline int32_t smmlar(int32_t a, int32_t b, int32_t sum) {
  int32_t result;
  asm("smmlar %0, %1, %2, %3" : "=r"(result) : "r"(a), "r"(b), "r"(sum));
  return result;
}
// (sum * 2^32 + a * b) >> 32
inline int32_t smmla(int32_t a, int32_t b, int32_t sum) {
  int32_t result;
  asm("smmla %0, %1, %2, %3" : "=r"(result) : "r"(a), "r"(b), "r"(sum));
  return result;
}
// (a * b + 2^31) >> 32
inline int32_t smmulr(int32_t a, int32_t b) {
  int32_t result;
  asm("smmulr %0, %1, %2" : "=r"(result) : "r"(a), "r"(b));
  return result;
}
inline int32_t saturate_s8(int32_t value) {
  return __ssat(value, 8);
}
inline int32_t saturate_s16(int32_t value) {
  return __ssat(value, 16);
}
// To [0, 2^kBits).
template <int kBits>
int32_t saturate_unsigned(int32_t value) {
  return static_cast<int32_t>(__usat(value, kBits));
}
// A store of its own: compilers gather neighbouring bytes into a word, which takes longer.
inline void store_s8(int32_t value, int8_t* to) {
  asm("strb %1, %0" : "=m"(*to) : "r"(value));
}
template <int kBits>
int32_t saturate_shifted_s8(int32_t value) {
  int32_t result;
  asm("ssat %0, #8, %1, asr %2" : "=r"(result) : "r"(value), "n"(kBits));
  return result;
}

inline int32_t smultt(int32_t a, int32_t b) {
  int32_t product;
  asm("smultt %0, %1, %2" : "=r"(product) : "r"(a), "r"(b));
  return product;
}
// All bits in reverse.
inline uint32_t reversed_bits(uint32_t word) {
  uint32_t result;
  asm("rbit %0, %1" : "=r"(result) : "r"(word));
  return result;
}
// The larger of each pair of signed bytes.
inline int32_t max_bytes(int32_t a, int32_t b) {
  int32_t differences;
  asm("ssub8 %1, %0, %2\n\tsel %0, %0, %2" : "+r"(a), "=&r"(differences) : "r"(b) : "cc");
  return a;
}
// The smaller.
inline int32_t min_bytes(int32_t a, int32_t b) {
  int32_t differences;
  asm("ssub8 %1, %0, %2\n\tsel %0, %2, %0" : "+r"(a), "=&r"(differences) : "r"(b) : "cc");
  return a;
}

#else

inline int32_t smultt(int32_t a, int32_t b) {
  return top(a) * top(b);
}
inline int32_t smlabb(int32_t a, int32_t b, int32_t sum) {
  return wrapping_add(sum, bottom(a) * bottom(b));
}
inline int32_t smlabt(int32_t a, int32_t b, int32_t sum) {
  return wrapping_add(sum, bottom(a) * top(b));
}
inline int32_t smlatb(int32_t a, int32_t b, int32_t sum) {
  return wrapping_add(sum, top(a) * bottom(b));
}
inline int32_t smlatt(int32_t a, int32_t b, int32_t sum) {
  return wrapping_add(sum, top(a) * top(b));
}
inline int32_t smlad(int32_t a, int32_t b, int32_t sum) {
  return smlatt(a, b, smlabb(a, b, sum));
}
inline int32_t smlawb(int32_t a, int32_t b, int32_t sum) {
  return wrapping_add(sum, static_cast<int32_t>((int64_t{a} * bottom(b)) >> 16));
}
inline int32_t smlawt(int32_t a, int32_t b, int32_t sum) {
  return smlawb(a, top(b), sum);
}
inline int32_t sxtb16(int32_t word) {
  return pack_bottoms(static_cast<int8_t>(word), static_cast<int8_t>(word >> 16));
}
inline int32_t sxtb16_ror8(int32_t word) {
  return sxtb16(word >> 8);
}
inline int32_t uxtb16(int32_t word) {
  return word & 0x00FF00FF;
}
inline int32_t sxtab16(int32_t lanes, int32_t word) {
  return pack_bottoms(lanes + static_cast<int8_t>(word), top(lanes) + static_cast<int8_t>(word >> 16));
}
inline int32_t sxtab16_ror8(int32_t lanes, int32_t word) {
  return sxtab16(lanes, word >> 8);
}
inline int32_t smmlar(int32_t a, int32_t b, int32_t sum) {
  const uint64_t product = static_cast<uint64_t>(static_cast<int64_t>(a) * b) + (uint64_t{1} << 31);
  return wrapping_add(sum, static_cast<int32_t>(product >> 32));
}
inline int32_t smmla(int32_t a, int32_t b, int32_t sum) {
  return wrapping_add(sum, static_cast<int32_t>((int64_t{a} * b) >> 32));
}
inline int32_t smmulr(int32_t a, int32_t b) {
  return smmlar(a, b, 0);
}
inline uint32_t reversed_bits(uint32_t word) {
  uint32_t result = 0;
  for (int bit = 0; bit < 32; ++bit) result |= ((word >> bit) & 1) << (31 - bit);
  return result;
}
template <typename Pick>
int32_t pick_bytes(int32_t a, int32_t b, Pick pick) {
  uint32_t picked = 0;
  for (int bits = 0; bits < 32; bits += 8) {
    const int8_t byte = pick(static_cast<int8_t>(a >> bits), static_cast<int8_t>(b >> bits));
    picked |= static_cast<uint32_t>(static_cast<uint8_t>(byte)) << bits;
  }
  return static_cast<int32_t>(picked);
}
inline int32_t max_bytes(int32_t a, int32_t b) {
  return pick_bytes(a, b, [](int8_t x, int8_t y) { return x > y ? x : y; });
}
inline int32_t min_bytes(int32_t a, int32_t b) {
  return pick_bytes(a, b, [](int8_t x, int8_t y) { return x < y ? x : y; });
}
inline void store_s8(int32_t value, int8_t* to) {
  *to = static_cast<int8_t>(value);
}
inline int32_t saturate_s8(int32_t value) {
  return value < -128 ? -128 : value > 127 ? 127 : value;
}
inline int32_t saturate_s16(int32_t value) {
  return value < INT16_MIN ? INT16_MIN : value > INT16_MAX ? INT16_MAX : value;
}
template <int kBits>
int32_t saturate_unsigned(int32_t value) {
  return value < 0 ? 0 : value >= 1 << kBits ? (1 << kBits) - 1 : value;
}
template <int kBits>
int32_t saturate_shifted_s8(int32_t value) {
  return saturate_s8(value >> kBits);
}

#endif

}  // namespace tmc::kernels::armv7em
