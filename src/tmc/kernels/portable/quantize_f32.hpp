// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one element at a time, straight from the contract.

#include "tmc/base/fixed_point.hpp"
#include "tmc/base/math.hpp"
#include "tmc/kernels/contract/quantize_f32.hpp"
#include "tmc/kernels/portable/detail/convert.hpp"

namespace tmc::kernels::portable {

struct QuantizeF32 : ImplementationOf<kernels::QuantizeF32> {
  static constexpr bool applies(const Params& p) { return is_quantized_dtype(p.output_dtype); }
  static constexpr Overlap overlap(const Params& p, int) {
    return convert_overlap(p.elements, sizeof(float), dtype_bytes(static_cast<DType>(p.output_dtype)));
  }
  static constexpr double instructions(const Params& p) { return 35.0 * p.elements; }

  static void run(Params p, Buffers b) {
    const int32_t low = dtype_min(static_cast<DType>(p.output_dtype));
    const int32_t high = dtype_max(static_cast<DType>(p.output_dtype));
    with_quantized_type(p.output_dtype, [&](auto type) {
      using T = decltype(type);
      convert_elements(p.elements, b.input, static_cast<T*>(b.output), [&](float value) {
        return static_cast<T>(clamp(round(value / p.scale, p.ties_to_even) + p.zero_point, low, high));
      });
    });
  }

 private:
  // Saturated to +-2^20, which is beyond every integer type that is written; what is not a number is 0.
  static int32_t round(float value, int32_t ties_to_even) {
#if TMC_FLOAT_MAXMIN
    // Instructions that saturate, and know what is not a number.
    float rounded;
    if (ties_to_even) {
      asm("vcvtn.s32.f32 %0, %1" : "=t"(rounded) : "t"(value));
    } else {
      asm("vcvta.s32.f32 %0, %1" : "=t"(rounded) : "t"(value));
    }
    int32_t whole;
    __builtin_memcpy(&whole, &rounded, sizeof whole);
    asm("ssat %0, #21, %0" : "+r"(whole));
    return whole;
#else
    constexpr float kLimit = 1 << 20;
    if (value != value) return 0;
    if (value >= kLimit) return 1 << 20;
    if (value <= -kLimit) return -(1 << 20);
    const auto whole = static_cast<int32_t>(value);
    const float rest = value - static_cast<float>(whole);
    const float size = rest < 0 ? -rest : rest;
    const bool away = ties_to_even && size == 0.5F ? (whole & 1) != 0 : size >= 0.5F;
    return away ? whole + (value < 0 ? -1 : 1) : whole;
#endif
  }
};

}  // namespace tmc::kernels::portable
