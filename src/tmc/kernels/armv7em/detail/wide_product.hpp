// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Products of the kernels that make features of sound: an instruction for each, or for two.

#include "tmc/kernels/armv7em/detail/lanes.hpp"
#include "tmc/kernels/common/sound_spectrum.hpp"

namespace tmc::kernels::armv7em {

// (sum * 2^32 - a * b + 2^31) >> 32
inline int32_t smmlsr(int32_t a, int32_t b, int32_t sum) {
#if TMC_ARMV7EM_DSP
  int32_t result;
  asm("smmlsr %0, %1, %2, %3" : "=r"(result) : "r"(a), "r"(b), "r"(sum));
  return result;
#else
  const uint64_t product = static_cast<uint64_t>(-(static_cast<int64_t>(a) * b)) + (uint64_t{1} << 31);
  return wrapping_add(sum, static_cast<int32_t>(product >> 32));
#endif
}

struct WordProducts {
  using Number = Complex<int32_t>;

  static Number half(Number a, Number b) {
    return {smmlsr(a.im, b.im, smmulr(a.re, b.re)), smmlar(a.im, b.re, smmulr(a.re, b.im))};
  }
  static int32_t windowed(int32_t value, int16_t factor) { return smlawb(value, factor, 0); }
#if TMC_ARMV7EM_ASSEMBLY
  // 48 instructions each. Compilers keep a pointer for every number, which are more than there are registers.
  static void butterflies(const Number* x, int32_t r, const Number* turns, Number* y, int32_t apart) {
    const int32_t step = 8 * r, stride = 8 * apart;
    for (const Number* const end = x + r; x < end;) {
      int32_t a, b, c, d, e, f, g, h, i;
      asm volatile(
          "add %[x], %[x], %[step]\n\t"
          "ldrd %[e], %[f], [%[x]]\n\t"
          "ldrd %[g], %[h], %[first]\n\t"
          "smmulr %[a], %[e], %[g]\n\t"
          "smmulr %[b], %[e], %[h]\n\t"
          "smmlsr %[a], %[f], %[h], %[a]\n\t"
          "smmlar %[b], %[f], %[g], %[b]\n\t"
          "add %[x], %[x], %[step], lsl #1\n\t"
          "ldrd %[e], %[f], [%[x]]\n\t"
          "ldrd %[g], %[h], %[third]\n\t"
          "smmulr %[c], %[e], %[g]\n\t"
          "smmulr %[d], %[e], %[h]\n\t"
          "smmlsr %[c], %[f], %[h], %[c]\n\t"
          "smmlar %[d], %[f], %[g], %[d]\n\t"
          "add %[a], %[a], %[c]\n\t"
          "sub %[c], %[a], %[c], lsl #1\n\t"
          "add %[b], %[b], %[d]\n\t"
          "sub %[d], %[b], %[d], lsl #1\n\t"
          "sub %[x], %[x], %[step]\n\t"
          "ldrd %[e], %[f], [%[x]]\n\t"
          "ldrd %[g], %[h], %[second]\n\t"
          "smmulr %[i], %[e], %[g]\n\t"
          "smmulr %[e], %[e], %[h]\n\t"
          "smmlsr %[i], %[f], %[h], %[i]\n\t"
          "smmlar %[e], %[f], %[g], %[e]\n\t"
          "sub %[x], %[x], %[step], lsl #1\n\t"
          "ldrd %[g], %[h], [%[x]], #8\n\t"
          "add %[g], %[g], %[i], lsl #1\n\t"
          "sub %[i], %[g], %[i], lsl #2\n\t"
          "add %[h], %[h], %[e], lsl #1\n\t"
          "sub %[e], %[h], %[e], lsl #2\n\t"
          // The sums are in g and h, the differences in i and e; of the others the halves in a and b, c and d.
          "add %[g], %[g], %[a], lsl #1\n\t"
          "add %[h], %[h], %[b], lsl #1\n\t"
          "strd %[g], %[h], [%[y]]\n\t"
          "sub %[g], %[g], %[a], lsl #2\n\t"
          "sub %[h], %[h], %[b], lsl #2\n\t"
          "add %[y], %[y], %[stride], lsl #1\n\t"
          "strd %[g], %[h], [%[y]]\n\t"
          "add %[i], %[i], %[d], lsl #1\n\t"
          "sub %[e], %[e], %[c], lsl #1\n\t"
          "sub %[y], %[y], %[stride]\n\t"
          "strd %[i], %[e], [%[y]]\n\t"
          "sub %[i], %[i], %[d], lsl #2\n\t"
          "add %[e], %[e], %[c], lsl #2\n\t"
          "add %[y], %[y], %[stride], lsl #1\n\t"
          "strd %[i], %[e], [%[y]], #8\n\t"
          "sub %[y], %[y], %[stride], lsl #1\n\t"
          "sub %[y], %[y], %[stride]"
          : [a] "=&r"(a), [b] "=&r"(b), [c] "=&r"(c), [d] "=&r"(d), [e] "=&r"(e), [f] "=&r"(f), [g] "=&r"(g),
            [h] "=&r"(h), [i] "=&r"(i), [x] "+&r"(x), [y] "+&r"(y)
          : [step] "r"(step), [stride] "r"(stride), [first] "m"(turns[0]), [second] "m"(turns[1]), [third] "m"(turns[2])
          : "memory");
    }
  }
#else
  static void butterflies(const Number* x, int32_t r, const Number* turns, Number* y, int32_t apart) {
    sound::butterflies<WordProducts>(x, r, turns, y, apart);
  }
#endif
};

}  // namespace tmc::kernels::armv7em
