// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Outputs of hybrid layers (contract/conv2d_hybrid.hpp) from the sums of their integers:
// rounded(sum * weight_scale * scale) + bias, within the range of the activation. Six instructions an output, or eight.

#include "tmc/kernels/armv7em/detail/float_assembly.hpp"

namespace tmc::kernels::armv7em {

// `count` of each.
struct ScaledSums {
  const int32_t* sums;
  const float* weight_scale;
  const float* bias;
  float* outputs;
  int32_t count;
};

inline void scale_sums(ScaledSums at, float scale, const FloatRange& range) {
#if TMC_ARMV7EM_FLOAT_ASSEMBLY
  for (; at.count >= 4; at.count -= 4) {
    asm volatile(
        "vldmia %0!, {s0-s3}\n\tvldmia %1!, {s4-s7}\n\tvldmia %2!, {s8-s11}\n\t"
        "vcvt.f32.s32 s0, s0\n\tvcvt.f32.s32 s1, s1\n\tvcvt.f32.s32 s2, s2\n\tvcvt.f32.s32 s3, s3\n\t"
        "vmul.f32 s0, s0, s4\n\tvmul.f32 s1, s1, s5\n\tvmul.f32 s2, s2, s6\n\tvmul.f32 s3, s3, s7\n\t"
        "vmul.f32 s0, s0, %4\n\tvmul.f32 s1, s1, %4\n\tvmul.f32 s2, s2, %4\n\tvmul.f32 s3, s3, %4\n\t"
        "vadd.f32 s0, s0, s8\n\tvadd.f32 s1, s1, s9\n\tvadd.f32 s2, s2, s10\n\tvadd.f32 s3, s3, s11\n\t"
        "cmp %5, #0\n\tbeq.n 1f\n\t"
        "vmaxnm.f32 s0, s0, %6\n\tvmaxnm.f32 s1, s1, %6\n\tvmaxnm.f32 s2, s2, %6\n\tvmaxnm.f32 s3, s3, %6\n\t"
        "vminnm.f32 s0, s0, %7\n\tvminnm.f32 s1, s1, %7\n\tvminnm.f32 s2, s2, %7\n\tvminnm.f32 s3, s3, %7\n\t"
        "1:\n\tvstmia %3!, {s0-s3}"
        : "+r"(at.sums), "+r"(at.weight_scale), "+r"(at.bias), "+r"(at.outputs)
        : "t"(scale), "r"(range.bounds), "t"(range.low), "t"(range.high)
        : "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "cc", "memory");
  }
#endif
  for (; at.count > 0; --at.count) {
    const float scaled = rounded_f32(static_cast<float>(*at.sums++) * *at.weight_scale++ * scale);
    *at.outputs++ = range.limit(scaled + *at.bias++);
  }
}

}  // namespace tmc::kernels::armv7em
