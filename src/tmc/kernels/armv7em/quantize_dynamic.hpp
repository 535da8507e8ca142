// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Symmetric items: two walks, of four and five instructions an element, the second from the last element to the first.
// Nothing needs to be saturated, as the largest magnitude becomes 127.

#include "tmc/kernels/armv7em/detail/float_assembly.hpp"
#include "tmc/kernels/contract/quantize_dynamic.hpp"

namespace tmc::kernels::armv7em {

struct QuantizeDynamic : ImplementationOf<kernels::QuantizeDynamic> {
  static constexpr bool applies(const Params& p) { return p.asymmetric == 0; }
  // The end of a single item may lie at the end of the input: elements shrink, and the header is written last.
  static constexpr Overlap overlap(const Params& p, int) {
    return p.batch == 1 ? Overlap{Overlap::Kind::kBackward, 0} : kNoOverlap;
  }
  static constexpr double instructions(const Params& p) { return p.batch * (40 + 9.0 * p.elements); }

  static void run(Params p, Buffers b) {
    auto* headers = static_cast<DynamicQuantization*>(b.output);
    int8_t* const output = static_cast<int8_t*>(b.output) + dynamic_header_bytes(p.batch);
    for (int32_t item = p.batch; item-- > 0;) {
      headers[item] = quantize(b.input + item * p.elements, p.elements, output + item * p.elements);
    }
    // Up to the elements.
    for (int32_t i = p.batch; i * int64_t{sizeof(DynamicQuantization)} < dynamic_header_bytes(p.batch); ++i)
      headers[i] = {};
  }

 private:
  [[gnu::noinline]] static DynamicQuantization quantize(const float* input, int32_t count, int8_t* output) {
    const float magnitude = magnitude_of(input, count);
    const bool is_zero = counts_as_zero(magnitude);
    narrow(input, count, is_zero ? 0 : 127 / magnitude, output);
    return {is_zero ? 1 : magnitude / 127, 0};
  }

  static void narrow(const float* input, int32_t count, float factor, int8_t* output) {
    const float* from = input + count;
    int8_t* to = output + count;
#if TMC_ARMV7EM_FLOAT_ASSEMBLY
    for (; count >= 4; count -= 4) {
      int32_t even, odd;
      asm volatile(
          "vldmdb %0!, {s0-s3}\n\t"
          "vmul.f32 s0, s0, %4\n\tvmul.f32 s1, s1, %4\n\tvmul.f32 s2, s2, %4\n\tvmul.f32 s3, s3, %4\n\t"
          "vcvta.s32.f32 s0, s0\n\tvcvta.s32.f32 s1, s1\n\tvcvta.s32.f32 s2, s2\n\tvcvta.s32.f32 s3, s3\n\t"
          "vmov %2, %3, s2, s3\n\tstrb %3, [%1, #-1]\n\tstrb %2, [%1, #-2]\n\t"
          "vmov %2, %3, s0, s1\n\tstrb %3, [%1, #-3]\n\tstrb %2, [%1, #-4]!"
          : "+r"(from), "+r"(to), "=&r"(even), "=&r"(odd)
          : "t"(factor)
          : "s0", "s1", "s2", "s3", "memory");
    }
#endif
    for (; count > 0; --count) *--to = static_cast<int8_t>(round_f32(*--from * factor));
  }

  static float magnitude_of(const float* input, int32_t count) {
    float largest = 0;
#pragma GCC unroll 4
    for (const float* const end = input + count; input != end;) {
      largest = max_f32(largest, __builtin_fabsf(*input++));
    }
    return largest;
  }
};

}  // namespace tmc::kernels::armv7em
