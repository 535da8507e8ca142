// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The instructions of the M-profile vector extension (MVE, "Helium"; Armv8-M Architecture Reference Manual, C2.4) that
// the implementations use, and the same in C++ for every other machine, so that the implementations run and are tested
// anywhere. A vector has 128 bits. Arithmetic wraps where nothing else is said. Names are the instructions'; `_tail`
// forms touch the first `count` lanes only: such a load reads zeros into the others, such a store leaves their memory
// alone.

#include <stddef.h>
#include <stdint.h>

#if defined(__ARM_FEATURE_MVE)
#include <arm_mve.h>
#endif

namespace tmc::kernels::helium {

#if defined(__ARM_FEATURE_MVE)

using S8x16 = int8x16_t;
using S16x8 = int16x8_t;
using S32x4 = int32x4_t;

inline S8x16 vldrb_s8(const int8_t* from) {
  return vldrbq_s8(from);
}
inline S8x16 vldrb_s8_tail(const int8_t* from, int32_t count) {
  return vldrbq_z_s8(from, vctp8q(static_cast<uint32_t>(count)));
}
inline void vstrb_s8(int8_t* to, S8x16 values) {
  vstrbq_s8(to, values);
}
inline void vstrb_s8_tail(int8_t* to, S8x16 values, int32_t count) {
  vstrbq_p_s8(to, values, vctp8q(static_cast<uint32_t>(count)));
}
inline S8x16 vdup_s8(int8_t value) {
  return vdupq_n_s8(value);
}
// The same as vldrb_s8, which compilers leave behind what makes `done`, and do not take from an earlier load: where
// they would not find a register for one vector more.
inline S8x16 vldrb_s8_after(const int8_t*& from, S16x8 done) {
  __asm__("" : "+r"(from) : "w"(done));
  return vldrbq_s8(from);
}
// sum plus the sixteen products.
inline int32_t vmladava(int32_t sum, S8x16 a, S8x16 b) {
  return vmladavaq_s8(sum, a, b);
}
// Products of lanes 0, 2, 4 and so on, or 1, 3, 5 and so on.
inline S16x8 vmullb(S8x16 a, S8x16 b) {
  return vmullbq_int_s8(a, b);
}
inline S16x8 vmullt(S8x16 a, S8x16 b) {
  return vmulltq_int_s8(a, b);
}
inline S8x16 vmin(S8x16 a, S8x16 b) {
  return vminq_s8(a, b);
}
inline S8x16 vmax(S8x16 a, S8x16 b) {
  return vmaxq_s8(a, b);
}

// Bytes, sign-extended to lanes.
inline S16x8 vldrb_s16(const int8_t* from) {
  return vldrbq_s16(from);
}
inline S16x8 vldrb_s16_tail(const int8_t* from, int32_t count) {
  return vldrbq_z_s16(from, vctp16q(static_cast<uint32_t>(count)));
}
inline S16x8 vmul(S16x8 a, S16x8 b) {
  return vmulq_s16(a, b);
}
inline S16x8 vadd(S16x8 a, S16x8 b) {
  return vaddq_s16(a, b);
}
// Lanes 0, 2, 4, 6, or 1, 3, 5, 7, sign-extended.
inline S32x4 vmovlb(S16x8 values) {
  return vmovlbq_s16(values);
}
inline S32x4 vmovlt(S16x8 values) {
  return vmovltq_s16(values);
}
// The low halves of both, in turn: what VMOVLB and VMOVLT take apart. VMOVNB, VMOVNT.
inline S16x8 vmovn(S32x4 even, S32x4 odd) {
  return vmovntq_s32(vmovnbq_s32(vreinterpretq_s16_s32(even), even), odd);
}
// Both in turn, saturated: VQMOVNB, VQMOVNT. The first may leave its lanes in any register; GCC takes an intrinsic's
// undefined vector from memory.
inline S16x8 vqmovn(S32x4 even, S32x4 odd) {
  S16x8 any;
  __asm__("" : "=w"(any) : "w"(even));
  return vqmovntq_s32(vqmovnbq_s32(any, even), odd);
}
inline S8x16 vqmovn(S16x8 even, S16x8 odd) {
  S8x16 any;
  __asm__("" : "=w"(any) : "w"(even));
  return vqmovntq_s16(vqmovnbq_s16(any, even), odd);
}
// Saturating.
inline S16x8 vqadd(S16x8 a, int16_t b) {
  return vqaddq_n_s16(a, b);
}
// The low byte of every lane.
inline void vstrb_s16(int8_t* to, S16x8 values) {
  vstrbq_s16(to, values);
}
inline void vstrb_s16_tail(int8_t* to, S16x8 values, int32_t count) {
  vstrbq_p_s16(to, values, vctp16q(static_cast<uint32_t>(count)));
}

inline S32x4 vldrb_s32(const int8_t* from) {
  return vldrbq_s32(from);
}
inline S32x4 vldrb_s32_tail(const int8_t* from, int32_t count) {
  return vldrbq_z_s32(from, vctp32q(static_cast<uint32_t>(count)));
}
inline void vstrb_s32(int8_t* to, S32x4 values) {
  vstrbq_s32(to, values);
}
inline void vstrb_s32_tail(int8_t* to, S32x4 values, int32_t count) {
  vstrbq_p_s32(to, values, vctp32q(static_cast<uint32_t>(count)));
}
inline S32x4 vldrw(const int32_t* from) {
  return vldrwq_s32(from);
}
inline S32x4 vdup_s32(int32_t value) {
  return vdupq_n_s32(value);
}
inline S32x4 vmov(int32_t first, int32_t second, int32_t third, int32_t fourth) {
  return S32x4{first, second, third, fourth};
}
inline S32x4 vadd(S32x4 a, S32x4 b) {
  return vaddq_s32(a, b);
}
inline S32x4 vadd(S32x4 a, int32_t b) {
  return vaddq_n_s32(a, b);
}
inline S32x4 vsub(S32x4 a, S32x4 b) {
  return vsubq_s32(a, b);
}
inline S32x4 vmin(S32x4 a, S32x4 b) {
  return vminq_s32(a, b);
}
inline S32x4 vmax(S32x4 a, S32x4 b) {
  return vmaxq_s32(a, b);
}
inline S32x4 vand(S32x4 a, S32x4 b) {
  return vandq_s32(a, b);
}
// Saturating.
inline S32x4 vqadd(S32x4 a, S32x4 b) {
  return vqaddq_s32(a, b);
}
// floor((a * b + 2^30) / 2^31), saturated.
inline S32x4 vqrdmulh(S32x4 a, S32x4 b) {
  return vqrdmulhq_s32(a, b);
}
inline S32x4 vqrdmulh(S32x4 a, int32_t b) {
  return vqrdmulhq_n_s32(a, b);
}
// -1 for a negative lane, 0 for others.
inline S32x4 vshr_sign(S32x4 a) {
  return vshrq_n_s32(a, 31);
}
// To the left, by 0 to 31.
inline S32x4 vshl(S32x4 a, S32x4 bits) {
  return vshlq_s32(a, bits);
}
inline S32x4 vshl(S32x4 a, int32_t bits) {
  return vshlq_r_s32(a, bits);
}
// To the right by -bits, 0 to 31: floor(a / 2^-bits + 1/2).
inline S32x4 vrshl(S32x4 a, S32x4 bits) {
  return vrshlq_s32(a, bits);
}
inline S32x4 vrshl(S32x4 a, int32_t bits) {
  return vrshlq_n_s32(a, bits);
}

#else

template <typename T, int kLanes>
struct Lanes {
  T lane[kLanes];
};
using S8x16 = Lanes<int8_t, 16>;
using S16x8 = Lanes<int16_t, 8>;
using S32x4 = Lanes<int32_t, 4>;

// Every lane is op(its number).
template <typename T, int kLanes, typename Op>
inline Lanes<T, kLanes> each_lane(Op op) {
  Lanes<T, kLanes> result;
  for (int i = 0; i < kLanes; ++i) result.lane[i] = static_cast<T>(op(i));
  return result;
}
template <typename T, int kLanes>
inline Lanes<T, kLanes> load_bytes(const int8_t* from, int32_t count) {
  return each_lane<T, kLanes>([&](int i) { return i < count ? from[i] : 0; });
}
template <typename T, int kLanes>
inline void store_bytes(int8_t* to, const Lanes<T, kLanes>& values, int32_t count) {
  for (int i = 0; i < kLanes && i < count; ++i) to[i] = static_cast<int8_t>(values.lane[i]);
}
template <typename Op>
inline S32x4 each_word(Op op) {
  return each_lane<int32_t, 4>(op);
}
constexpr uint32_t as_unsigned(int32_t value) {
  return static_cast<uint32_t>(value);
}
template <typename T = int32_t>
constexpr T saturated(int64_t value) {
  constexpr int64_t kHighest = (int64_t{1} << (8 * sizeof(T) - 1)) - 1;
  return static_cast<T>(value < -kHighest - 1 ? -kHighest - 1 : value > kHighest ? kHighest : value);
}

inline S8x16 vldrb_s8_tail(const int8_t* from, int32_t count) {
  return load_bytes<int8_t, 16>(from, count);
}
inline S8x16 vldrb_s8(const int8_t* from) {
  return vldrb_s8_tail(from, 16);
}
inline void vstrb_s8_tail(int8_t* to, S8x16 values, int32_t count) {
  store_bytes(to, values, count);
}
inline void vstrb_s8(int8_t* to, S8x16 values) {
  vstrb_s8_tail(to, values, 16);
}
inline S8x16 vdup_s8(int8_t value) {
  return each_lane<int8_t, 16>([=](int) { return value; });
}
inline S8x16 vldrb_s8_after(const int8_t*& from, S16x8) {
  return vldrb_s8(from);
}
inline int32_t vmladava(int32_t sum, S8x16 a, S8x16 b) {
  int32_t products = 0;
  for (int i = 0; i < 16; ++i) products += a.lane[i] * b.lane[i];
  return static_cast<int32_t>(as_unsigned(sum) + as_unsigned(products));
}

inline S16x8 vmullb(S8x16 a, S8x16 b) {
  return each_lane<int16_t, 8>([&](int i) { return a.lane[2 * i] * b.lane[2 * i]; });
}
inline S16x8 vmullt(S8x16 a, S8x16 b) {
  return each_lane<int16_t, 8>([&](int i) { return a.lane[2 * i + 1] * b.lane[2 * i + 1]; });
}
inline S8x16 vmin(S8x16 a, S8x16 b) {
  return each_lane<int8_t, 16>([&](int i) { return a.lane[i] < b.lane[i] ? a.lane[i] : b.lane[i]; });
}
inline S8x16 vmax(S8x16 a, S8x16 b) {
  return each_lane<int8_t, 16>([&](int i) { return a.lane[i] > b.lane[i] ? a.lane[i] : b.lane[i]; });
}

inline S16x8 vldrb_s16_tail(const int8_t* from, int32_t count) {
  return load_bytes<int16_t, 8>(from, count);
}
inline S16x8 vldrb_s16(const int8_t* from) {
  return vldrb_s16_tail(from, 8);
}
inline S16x8 vmul(S16x8 a, S16x8 b) {
  return each_lane<int16_t, 8>([&](int i) { return a.lane[i] * b.lane[i]; });
}
inline S16x8 vadd(S16x8 a, S16x8 b) {
  return each_lane<int16_t, 8>([&](int i) { return a.lane[i] + b.lane[i]; });
}
inline S32x4 vmovlb(S16x8 values) {
  return each_word([&](int i) { return values.lane[i * size_t{2}]; });
}
inline S32x4 vmovlt(S16x8 values) {
  return each_word([&](int i) { return values.lane[i * size_t{2} + 1]; });
}
inline S16x8 vmovn(S32x4 even, S32x4 odd) {
  return each_lane<int16_t, 8>([&](int i) { return (i % 2 == 0 ? even : odd).lane[i / 2]; });
}
inline S16x8 vqmovn(S32x4 even, S32x4 odd) {
  return each_lane<int16_t, 8>([&](int i) { return saturated<int16_t>((i % 2 == 0 ? even : odd).lane[i / 2]); });
}
inline S8x16 vqmovn(S16x8 even, S16x8 odd) {
  return each_lane<int8_t, 16>([&](int i) { return saturated<int8_t>((i % 2 == 0 ? even : odd).lane[i / 2]); });
}
inline S16x8 vqadd(S16x8 a, int16_t b) {
  return each_lane<int16_t, 8>([&](int i) { return saturated<int16_t>(a.lane[i] + b); });
}
inline void vstrb_s16_tail(int8_t* to, S16x8 values, int32_t count) {
  store_bytes(to, values, count);
}
inline void vstrb_s16(int8_t* to, S16x8 values) {
  vstrb_s16_tail(to, values, 8);
}

inline S32x4 vldrb_s32_tail(const int8_t* from, int32_t count) {
  return load_bytes<int32_t, 4>(from, count);
}
inline S32x4 vldrb_s32(const int8_t* from) {
  return vldrb_s32_tail(from, 4);
}
inline void vstrb_s32_tail(int8_t* to, S32x4 values, int32_t count) {
  store_bytes(to, values, count);
}
inline void vstrb_s32(int8_t* to, S32x4 values) {
  vstrb_s32_tail(to, values, 4);
}
inline S32x4 vldrw(const int32_t* from) {
  return each_word([=](int i) { return from[i]; });
}
inline S32x4 vdup_s32(int32_t value) {
  return each_word([=](int) { return value; });
}
inline S32x4 vmov(int32_t first, int32_t second, int32_t third, int32_t fourth) {
  return {{first, second, third, fourth}};
}
inline S32x4 vadd(S32x4 a, S32x4 b) {
  return each_word([&](int i) { return as_unsigned(a.lane[i]) + as_unsigned(b.lane[i]); });
}
inline S32x4 vadd(S32x4 a, int32_t b) {
  return vadd(a, vdup_s32(b));
}
inline S32x4 vsub(S32x4 a, S32x4 b) {
  return each_word([&](int i) { return as_unsigned(a.lane[i]) - as_unsigned(b.lane[i]); });
}
inline S32x4 vmin(S32x4 a, S32x4 b) {
  return each_word([&](int i) { return a.lane[i] < b.lane[i] ? a.lane[i] : b.lane[i]; });
}
inline S32x4 vmax(S32x4 a, S32x4 b) {
  return each_word([&](int i) { return a.lane[i] > b.lane[i] ? a.lane[i] : b.lane[i]; });
}
inline S32x4 vand(S32x4 a, S32x4 b) {
  return each_word([&](int i) { return a.lane[i] & b.lane[i]; });
}
inline S32x4 vqadd(S32x4 a, S32x4 b) {
  return each_word([&](int i) { return saturated(int64_t{a.lane[i]} + b.lane[i]); });
}
inline S32x4 vqrdmulh(S32x4 a, S32x4 b) {
  return each_word([&](int i) { return saturated((int64_t{a.lane[i]} * b.lane[i] + (int64_t{1} << 30)) >> 31); });
}
inline S32x4 vqrdmulh(S32x4 a, int32_t b) {
  return vqrdmulh(a, vdup_s32(b));
}
inline S32x4 vshr_sign(S32x4 a) {
  return each_word([&](int i) { return a.lane[i] >> 31; });
}
inline S32x4 vshl(S32x4 a, S32x4 bits) {
  return each_word([&](int i) { return as_unsigned(a.lane[i]) << bits.lane[i]; });
}
inline S32x4 vshl(S32x4 a, int32_t bits) {
  return vshl(a, vdup_s32(bits));
}
inline S32x4 vrshl(S32x4 a, S32x4 bits) {
  return each_word([&](int i) {
    const int64_t half = (int64_t{1} << -bits.lane[i]) / 2;
    return (a.lane[i] + half) >> -bits.lane[i];
  });
}
inline S32x4 vrshl(S32x4 a, int32_t bits) {
  return vrshl(a, vdup_s32(bits));
}

#endif

}  // namespace tmc::kernels::helium
