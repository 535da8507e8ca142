// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Loops of the float transforms as assembly, and the same in C++ of portable/detail, which says what they compute. The
// assembly fuses a product with a sum where compilers do with that C++: the first of two products. Complex numbers are
// pairs of floats; kInverse says which way turns go.

#include "tmc/kernels/armv7em/detail/float_assembly.hpp"
#include "tmc/kernels/portable/detail/dft_line.hpp"

namespace tmc::kernels::armv7em::fourier {

using portable::dft::joined;
using portable::dft::Mirrored;
using portable::dft::separated;
using portable::mixed_radix::Complex;
using portable::mixed_radix::join_4;
using portable::mixed_radix::join_8;
using portable::mixed_radix::load;
using portable::mixed_radix::store;

#if TMC_ARMV7EM_FLOAT_ASSEMBLY

// Four sums of the points in s0 to s7 in the registers of these numbers. Spoils s0 to s3.
#define TMC_FOURIER_FOUR(a, a1, b, b1, c, c1, d, d1) \
  "vadd.f32 s" #a                                    \
  ", s0, s4\n\t"                                     \
  "vadd.f32 s" #a1                                   \
  ", s1, s5\n\t"                                     \
  "vsub.f32 s" #b                                    \
  ", s0, s4\n\t"                                     \
  "vsub.f32 s" #b1                                   \
  ", s1, s5\n\t"                                     \
  "vadd.f32 s0, s2, s6\n\t"                          \
  "vadd.f32 s1, s3, s7\n\t"                          \
  "vsub.f32 s2, s2, s6\n\t"                          \
  "vsub.f32 s3, s3, s7\n\t"                          \
  "vsub.f32 s" #c ", s" #a                           \
  ", s0\n\t"                                         \
  "vsub.f32 s" #c1 ", s" #a1                         \
  ", s1\n\t"                                         \
  "vadd.f32 s" #a ", s" #a                           \
  ", s0\n\t"                                         \
  "vadd.f32 s" #a1 ", s" #a1                         \
  ", s1\n\t"                                         \
  ".if %c[inverse]\n\t"                              \
  "vadd.f32 s" #d ", s" #b                           \
  ", s3\n\t"                                         \
  "vsub.f32 s" #d1 ", s" #b1                         \
  ", s2\n\t"                                         \
  "vsub.f32 s" #b ", s" #b                           \
  ", s3\n\t"                                         \
  "vadd.f32 s" #b1 ", s" #b1                         \
  ", s2\n\t"                                         \
  ".else\n\t"                                        \
  "vsub.f32 s" #d ", s" #b                           \
  ", s3\n\t"                                         \
  "vadd.f32 s" #d1 ", s" #b1                         \
  ", s2\n\t"                                         \
  "vadd.f32 s" #b ", s" #b                           \
  ", s3\n\t"                                         \
  "vsub.f32 s" #b1 ", s" #b1                         \
  ", s2\n\t"                                         \
  ".endif\n\t"
#define TMC_FOURIER_SPOILS \
  "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "s12", "s13", "s14", "s15", "cc", "memory"

// The first group of a transform's first stage: four points, each the next of its source.
template <bool kInverse>
void join_next_4(const float* (&from)[8], int32_t, float* to) {
  asm volatile(
      "vldmia %[a]!, {s0-s1}\n\t"
      "vldmia %[b]!, {s2-s3}\n\t"
      "vldmia %[c]!, {s4-s5}\n\t"
      "vldmia %[d]!, {s6-s7}\n\t"  //
      TMC_FOURIER_FOUR(8, 9, 10, 11, 12, 13, 14, 15) "vstmia %[to], {s8-s15}"
      : [a] "+r"(from[0]), [b] "+r"(from[1]), [c] "+r"(from[2]), [d] "+r"(from[3])
      : [to] "r"(to), [inverse] "i"(kInverse ? 1 : 0)
      : TMC_FOURIER_SPOILS);
}

// Eight points.
template <bool kInverse>
void join_next_8(const float* (&from)[8], int32_t, float* to) {
  constexpr float kRoot = 0.707106781F;
  asm volatile(
      "vldmia %[a]!, {s0-s1}\n\t"
      "vldmia %[c]!, {s2-s3}\n\t"
      "vldmia %[e]!, {s4-s5}\n\t"
      "vldmia %[g]!, {s6-s7}\n\t"  //
      TMC_FOURIER_FOUR(8, 9, 10, 11, 12, 13, 14, 15)
      "vldmia %[b]!, {s0-s1}\n\t"
      "vldmia %[d]!, {s2-s3}\n\t"
      "vldmia %[f]!, {s4-s5}\n\t"
      "vldmia %[h]!, {s6-s7}\n\t"  //
      TMC_FOURIER_FOUR(16, 17, 18, 19, 20, 21, 22, 23)
      // The points and half a turn later, s8 to s15 and s0 to s7.
      "vsub.f32 s0, s8, s16\n\t"
      "vsub.f32 s1, s9, s17\n\t"
      "vadd.f32 s8, s8, s16\n\t"
      "vadd.f32 s9, s9, s17\n\t"
      "vmov.f32 s2, s10\n\t"
      "vmov.f32 s3, s11\n\t"
      "vmov.f32 s6, s14\n\t"
      "vmov.f32 s7, s15\n\t"
      ".if %c[inverse]\n\t"
      "vsub.f32 s24, s18, s19\n\t"
      "vadd.f32 s25, s18, s19\n\t"
      "vadd.f32 s26, s22, s23\n\t"
      "vsub.f32 s27, s22, s23\n\t"
      "vadd.f32 s4, s12, s21\n\t"
      "vsub.f32 s5, s13, s20\n\t"
      "vsub.f32 s12, s12, s21\n\t"
      "vadd.f32 s13, s13, s20\n\t"
      "vfms.f32 s14, s26, %[root]\n\t"
      "vfma.f32 s15, s27, %[root]\n\t"
      "vfma.f32 s6, s26, %[root]\n\t"
      "vfms.f32 s7, s27, %[root]\n\t"
      ".else\n\t"
      "vadd.f32 s24, s18, s19\n\t"
      "vsub.f32 s25, s19, s18\n\t"
      "vsub.f32 s26, s23, s22\n\t"
      "vadd.f32 s27, s22, s23\n\t"
      "vsub.f32 s4, s12, s21\n\t"
      "vadd.f32 s5, s13, s20\n\t"
      "vadd.f32 s12, s12, s21\n\t"
      "vsub.f32 s13, s13, s20\n\t"
      "vfma.f32 s14, s26, %[root]\n\t"
      "vfms.f32 s15, s27, %[root]\n\t"
      "vfms.f32 s6, s26, %[root]\n\t"
      "vfma.f32 s7, s27, %[root]\n\t"
      ".endif\n\t"
      "vfma.f32 s10, s24, %[root]\n\t"
      "vfma.f32 s11, s25, %[root]\n\t"
      "vfms.f32 s2, s24, %[root]\n\t"
      "vfms.f32 s3, s25, %[root]\n\t"
      "vstmia %[to]!, {s8-s15}\n\t"
      "vstmia %[to], {s0-s7}"
      : [a] "+r"(from[0]), [b] "+r"(from[1]), [c] "+r"(from[2]), [d] "+r"(from[3]), [e] "+r"(from[4]),
        [f] "+r"(from[5]), [g] "+r"(from[6]), [h] "+r"(from[7]), [to] "+r"(to)
      : [root] "t"(kRoot), [inverse] "i"(kInverse ? 1 : 0)
      : TMC_FOURIER_SPOILS, "s16", "s17", "s18", "s19", "s20", "s21", "s22", "s23", "s24", "s25", "s26", "s27");
}

// A group of four spectra of m points, one behind the other, m at least 2. `turns`: three for each point but the first.
template <bool kInverse>
void join_spectra(int32_t m, const float* turns, float* pairs) {
  float* b = pairs + 2 * m;
  float* c = pairs + 4 * m;
  float* d = pairs + 6 * m;
  int32_t left = m - 1;
  asm volatile(
      "vldr d0, [%[a]]\n\t"
      "vldr d1, [%[b]]\n\t"
      "vldr d2, [%[c]]\n\t"
      "vldr d3, [%[d]]\n\t"  //
      "b 2f\n"
      "1:\n\t"
      "vldmia %[turns]!, {s8-s13}\n\t"
      "vldr d7, [%[b]]\n\t"
      "vldr d8, [%[c]]\n\t"
      "vldr d9, [%[d]]\n\t"
      "vldr d0, [%[a]]\n\t"
      "vmul.f32 s2, s15, s9\n\t"
      "vmul.f32 s3, s15, s8\n\t"
      "vmul.f32 s4, s17, s11\n\t"
      "vmul.f32 s5, s17, s10\n\t"
      "vmul.f32 s6, s19, s13\n\t"
      "vmul.f32 s7, s19, s12\n\t"
      "vfnms.f32 s2, s14, s8\n\t"
      "vfma.f32 s3, s14, s9\n\t"
      "vfnms.f32 s4, s16, s10\n\t"
      "vfma.f32 s5, s16, s11\n\t"
      "vfnms.f32 s6, s18, s12\n\t"
      "vfma.f32 s7, s18, s13\n"
      "2:\n\t"  //
      TMC_FOURIER_FOUR(8, 9, 10, 11, 12, 13, 14, 15)
      "subs %[left], #1\n\t"
      "vstmia %[a]!, {s8-s9}\n\t"
      "vstmia %[b]!, {s10-s11}\n\t"
      "vstmia %[c]!, {s12-s13}\n\t"
      "vstmia %[d]!, {s14-s15}\n\t"
      "bpl 1b"
      : [a] "+r"(pairs), [b] "+r"(b), [c] "+r"(c), [d] "+r"(d), [left] "+l"(left), [turns] "+r"(turns)
      : [inverse] "i"(kInverse ? 1 : 0)
      : TMC_FOURIER_SPOILS, "s16", "s17", "s18", "s19");
}

// Bins 1 to points / 2 - 1 and those that mirror them, in place. `turns` from the first of these on.
inline void separate_pairs(int32_t points, float half, const float* turns, float* pairs) {
  float* near = pairs + 2;
  float* far = pairs + 2 * points;
  int32_t left = points / 2 - 1;
  asm volatile(
      "1:\n\t"
      "vldr d0, [%[near]]\n\t"
      "vldmdb %[far]!, {s2-s3}\n\t"
      "vldmia %[turns]!, {s4-s5}\n\t"
      "vadd.f32 s6, s0, s2\n\t"
      "vsub.f32 s7, s1, s3\n\t"
      "vadd.f32 s8, s1, s3\n\t"
      "vsub.f32 s9, s2, s0\n\t"
      "vmul.f32 s10, s9, s5\n\t"
      "vmul.f32 s11, s9, s4\n\t"
      "vfnms.f32 s10, s8, s4\n\t"
      "vfma.f32 s11, s8, s5\n\t"
      "subs %[left], #1\n\t"
      "vmov.f32 s12, s10\n\t"
      "vmov.f32 s13, s11\n\t"
      "vfnms.f32 s12, s6, %[half]\n\t"
      "vfms.f32 s13, s7, %[half]\n\t"
      "vfma.f32 s10, s6, %[half]\n\t"
      "vfma.f32 s11, s7, %[half]\n\t"
      "vstr d6, [%[far]]\n\t"
      "vstmia %[near]!, {s10-s11}\n\t"
      "bne 1b"
      : [near] "+r"(near), [far] "+r"(far), [left] "+l"(left), [turns] "+r"(turns)
      : [half] "t"(half)
      : TMC_FOURIER_SPOILS);
}

// Points 1 to points / 2 - 1 and those that mirror them.
inline void join_bins(const float* bins, int32_t points, const float* turns, float* pairs) {
  const float* near_bin = bins + 2;
  const float* far_bin = bins + 2 * points;
  float* near = pairs + 2;
  float* far = pairs + 2 * points;
  int32_t left = points / 2 - 1;
  asm volatile(
      "1:\n\t"
      "vldmia %[near_bin]!, {s0-s1}\n\t"
      "vldmdb %[far_bin]!, {s2-s3}\n\t"
      "vldmia %[turns]!, {s4-s5}\n\t"
      "vadd.f32 s6, s0, s2\n\t"
      "vsub.f32 s7, s1, s3\n\t"
      "vsub.f32 s8, s0, s2\n\t"
      "vadd.f32 s9, s1, s3\n\t"
      "vmul.f32 s10, s9, s5\n\t"
      "vmul.f32 s11, s9, s4\n\t"
      "vfnms.f32 s10, s8, s4\n\t"
      "vfma.f32 s11, s8, s5\n\t"
      "subs %[left], #1\n\t"
      "vsub.f32 s12, s6, s11\n\t"
      "vadd.f32 s13, s7, s10\n\t"
      "vadd.f32 s14, s6, s11\n\t"
      "vsub.f32 s15, s10, s7\n\t"
      "vstmia %[near]!, {s12-s13}\n\t"
      "vstmdb %[far]!, {s14-s15}\n\t"
      "bne 1b"
      : [near_bin] "+r"(near_bin), [far_bin] "+r"(far_bin), [near] "+r"(near), [far] "+r"(far), [left] "+l"(left),
        [turns] "+r"(turns)
      :
      : TMC_FOURIER_SPOILS);
}

#else

template <bool kInverse>
void join_next_4(const float* (&from)[8], int32_t apart, float* to) {
  join_4<kInverse>(load(from[0], 0), load(from[0], apart), load(from[0], 2 * apart), load(from[0], 3 * apart), 0, 1,
                   to);
  from[0] += 2;
}
template <bool kInverse>
void join_next_8(const float* (&from)[8], int32_t apart, float* to) {
  join_8<kInverse>(from[0], apart, to);
  from[0] += 2;
}

template <bool kInverse>
void join_spectra(int32_t m, const float* turns, float* pairs) {
  join_4<kInverse>(load(pairs, 0), load(pairs, m), load(pairs, 2 * m), load(pairs, 3 * m), 0, m, pairs);
  for (int32_t k = 1; k < m; ++k, turns += 6) {
    join_4<kInverse>(load(pairs, k), load(pairs, k + m) * load(turns, 0), load(pairs, k + 2 * m) * load(turns, 1),
                     load(pairs, k + 3 * m) * load(turns, 2), k, m, pairs);
  }
}

inline void separate_pairs(int32_t points, float half, const float* turns, float* pairs) {
  for (int32_t k = 1; k < points / 2; ++k, turns += 2) {
    const Mirrored bins = separated(load(pairs, k), load(pairs, points - k), load(turns, 0), half);
    store(pairs, k, bins.near);
    store(pairs, points - k, bins.far);
  }
}

inline void join_bins(const float* bins, int32_t points, const float* turns, float* pairs) {
  for (int32_t k = 1; k < points / 2; ++k, turns += 2) {
    const Mirrored both = joined(load(bins, k), load(bins, points - k), load(turns, 0));
    store(pairs, k, both.near);
    store(pairs, points - k, both.far);
  }
}

#endif

}  // namespace tmc::kernels::armv7em::fourier
