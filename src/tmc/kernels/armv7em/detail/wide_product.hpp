// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Products of the kernels that make features of sound: an instruction for each, or for two.

#include "tmc/kernels/armv7em/detail/intrinsics.hpp"
#include "tmc/kernels/common/complex.hpp"

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

// sum + both products of lanes
inline int64_t smlald(int32_t a, int32_t b, int64_t sum) {
#if TMC_ARMV7EM_DSP
  return __smlald(a, b, sum);
#else
  return sum + bottom(a) * bottom(b) + int64_t{top(a)} * top(b);
#endif
}

struct WordProducts {
  using Number = Complex<int32_t>;

  static Number half(Number a, Number b) {
    return {smmlsr(a.im, b.im, smmulr(a.re, b.re)), smmlar(a.im, b.re, smmulr(a.re, b.im))};
  }
};

}  // namespace tmc::kernels::armv7em
