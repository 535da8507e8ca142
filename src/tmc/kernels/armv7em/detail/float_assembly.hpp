// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the float inner loops of this folder share: when they are assembly, what a sum is limited to, and macros of the
// assembler. They need a scalar FPU with fused multiply-add and VMAXNM, as FPv5 has (Armv7-M Architecture Reference
// Manual, A7.7). On a Cortex-M7 a fused multiply-add takes three cycles until its sum can be used: every loop keeps
// four sums or more apart.

#include <stddef.h>

#include "tmc/base/math.hpp"
#include "tmc/kernels/armv7em/detail/intrinsics.hpp"

#if TMC_ARMV7EM_ASSEMBLY && defined(__ARM_FEATURE_FMA) && TMC_FLOAT_MAXMIN
#define TMC_ARMV7EM_FLOAT_ASSEMBLY 1
#else
#define TMC_ARMV7EM_FLOAT_ASSEMBLY 0
#endif

namespace tmc::kernels::armv7em {

// The range of outputs; the assembly reads the members by position.
struct FloatRange {
  uint32_t bounds;  // 1: there is a lower bound, 2: an upper one
  float low, high;

  static constexpr FloatRange of(float low, float high) {
    return {(low > -__builtin_inff() ? 1U : 0U) | (high < __builtin_inff() ? 2U : 0U), low, high};
  }
  float limit(float value) const {
    if (bounds & 1) value = max_f32(value, low);
    return bounds & 2 ? min_f32(value, high) : value;
  }
};

#if TMC_ARMV7EM_ASSEMBLY
static_assert(offsetof(FloatRange, bounds) == 0 && offsetof(FloatRange, low) == 4 && offsetof(FloatRange, high) == 8);
#endif

// Copies that know no overlap.
inline void copy_floats(float* to, const float* from, int32_t count) {
#if TMC_ARMV7EM_FLOAT_ASSEMBLY
  for (; count >= 16; count -= 16) {
    asm volatile("vldmia %0!, {s0-s15}\n\tvstmia %1!, {s0-s15}"
                 : "+r"(from), "+r"(to)
                 :
                 : "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "s12", "s13", "s14", "s15",
                   "memory");
  }
  for (; count >= 4; count -= 4) {
    asm volatile("vldmia %0!, {s0-s3}\n\tvstmia %1!, {s0-s3}"
                 : "+r"(from), "+r"(to)
                 :
                 : "s0", "s1", "s2", "s3", "memory");
  }
#endif
  for (; count > 0; --count) *to++ = *from++;
}

// Products of floats side by side.
inline void multiply_floats(float* to, const float* a, const float* b, int32_t count) {
#if TMC_ARMV7EM_FLOAT_ASSEMBLY
  for (; count >= 4; count -= 4) {
    asm volatile(
        "vldmia %0!, {s0-s3}\n\tvldmia %1!, {s4-s7}\n\t"
        "vmul.f32 s0, s0, s4\n\tvmul.f32 s1, s1, s5\n\tvmul.f32 s2, s2, s6\n\tvmul.f32 s3, s3, s7\n\t"
        "vstmia %2!, {s0-s3}"
        : "+r"(a), "+r"(b), "+r"(to)
        :
        : "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "memory");
  }
#endif
  for (; count > 0; --count) *to++ = *a++ * *b++;
}

// Multiplies floats where they are.
inline void scale_floats(float* values, float factor, int32_t count) {
#if TMC_ARMV7EM_FLOAT_ASSEMBLY
  for (; count >= 4; count -= 4) {
    asm volatile(
        "vldmia %0, {s0-s3}\n\tvmul.f32 s0, s0, %1\n\tvmul.f32 s1, s1, %1\n\tvmul.f32 s2, s2, %1\n\t"
        "vmul.f32 s3, s3, %1\n\tvstmia %0!, {s0-s3}"
        : "+r"(values)
        : "t"(factor)
        : "s0", "s1", "s2", "s3", "memory");
  }
#endif
  for (; count > 0; --count) *values++ *= factor;
}

inline void zero_floats(float* to, int32_t count) {
  for (; count > 0; --count) *to++ = 0;
}

}  // namespace tmc::kernels::armv7em

// Pieces of basic asm. Registers are given by their numbers: `tmc_fma sum, a, b` and what is made of it.
//   tmc_limit register, count: limits sums from s0 on to the FloatRange at `register`; spoils s28.
#define TMC_FLOAT_MACROS                      \
  ".altmacro\n"                               \
  ".macro tmc_fma sum, a, b\n"                \
  "vfma.f32 s\\sum, s\\a, s\\b\n"             \
  ".endm\n"                                   \
  ".macro tmc_fma4 sum, a, b\n"               \
  "tmc_fma %(\\sum), %(\\a), \\b\n"           \
  "tmc_fma %(\\sum + 1), %(\\a + 1), \\b\n"   \
  "tmc_fma %(\\sum + 2), %(\\a + 2), \\b\n"   \
  "tmc_fma %(\\sum + 3), %(\\a + 3), \\b\n"   \
  ".endm\n"                                   \
  ".macro tmc_limit_one operation, sum\n"     \
  "\\operation s\\sum, s\\sum, s28\n"         \
  ".endm\n"                                   \
  ".macro tmc_limit_all operation, count\n"   \
  "tmc_index = 0\n"                           \
  ".rept \\count\n"                           \
  "tmc_limit_one \\operation, %(tmc_index)\n" \
  "tmc_index = tmc_index + 1\n"               \
  ".endr\n"                                   \
  ".endm\n"                                   \
  ".macro tmc_limit base, offset, count\n"    \
  "ldr.w r10, [\\base, #\\offset]\n"          \
  "lsls r10, r10, #31\n"                      \
  "bpl.w 8f\n"                                \
  "vldr s28, [\\base, #\\offset + 4]\n"       \
  "tmc_limit_all vmaxnm.f32, \\count\n"       \
  "8:\n"                                      \
  "bcc.w 9f\n"                                \
  "vldr s28, [\\base, #\\offset + 8]\n"       \
  "tmc_limit_all vminnm.f32, \\count\n"       \
  "9:\n"                                      \
  ".endm\n"
#define TMC_FLOAT_MACROS_END \
  ".purgem tmc_fma\n"        \
  ".purgem tmc_fma4\n"       \
  ".purgem tmc_limit_one\n"  \
  ".purgem tmc_limit_all\n"  \
  ".purgem tmc_limit\n"      \
  ".noaltmacro\n"
