// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Four elements at a time along rows in which each operand is dense or one value. Axes that follow each other in memory
// are one row.

#include "tmc/kernels/contract/add_s8.hpp"
#include "tmc/kernels/helium/detail/requantize.hpp"
#include "tmc/kernels/portable/detail/broadcast.hpp"

namespace tmc::kernels::helium {

struct AddS8 {
  using Contract = kernels::AddS8;
  using Params = Contract::Params;
  using Buffers = Contract::Buffers;

  static constexpr bool applies(const Params& original) {
    const Params p = with_long_rows(original);
    return is_row(p.a_strides[3]) && is_row(p.b_strides[3]);
  }
  static constexpr int64_t scratch_bytes(const Params&) { return 0; }
  static constexpr Overlap overlap(const Params& p, int buffer) { return portable::broadcast_overlap(p, buffer); }
  static constexpr double instructions(const Params& original) {
    const Params p = with_long_rows(original);
    return 1.0 * p.extents[0] * p.extents[1] * p.extents[2] * (60 + 9.0 * p.extents[3]);
  }

  static void run(Params original, Buffers b) {
    const Params p = with_long_rows(original);
    int8_t* output = b.output;
    for (int32_t i = 0; i < p.extents[0]; ++i) {
      for (int32_t j = 0; j < p.extents[1]; ++j) {
        for (int32_t k = 0; k < p.extents[2]; ++k, output += p.extents[3]) {
          run_row(p, b.a + i * p.a_strides[0] + j * p.a_strides[1] + k * p.a_strides[2],
                  b.b + i * p.b_strides[0] + j * p.b_strides[1] + k * p.b_strides[2], output);
        }
      }
    }
  }

 private:
  static constexpr bool is_row(int32_t stride) { return stride == 0 || stride == 1; }

  // Joins the last axis with those before it for as long as both operands' strides allow.
  static constexpr Params with_long_rows(Params p) {
    for (int joined = 0; joined < 3; ++joined) {
      const int32_t extent = p.extents[3];
      const bool follows = p.a_strides[2] == extent * p.a_strides[3] && p.b_strides[2] == extent * p.b_strides[3];
      if (extent == 1) {
        p.a_strides[3] = p.a_strides[2];
        p.b_strides[3] = p.b_strides[2];
      } else if (p.extents[2] != 1 && !follows) {
        break;
      }
      p.extents[3] = extent * p.extents[2];
      for (int axis = 2; axis > 0; --axis) {
        p.extents[axis] = p.extents[axis - 1];
        p.a_strides[axis] = p.a_strides[axis - 1];
        p.b_strides[axis] = p.b_strides[axis - 1];
      }
      p.extents[0] = 1;
    }
    return p;
  }

  static void run_row(const Params& p, const int8_t* a, const int8_t* b, int8_t* output) {
    int32_t left = p.extents[3];
    for (; left >= 4; left -= 4, a += 4 * p.a_strides[3], b += 4 * p.b_strides[3], output += 4) {
      const S32x4 values_a = p.a_strides[3] == 0 ? vdup_s32(*a) : vldrb_s32(a);
      const S32x4 values_b = p.b_strides[3] == 0 ? vdup_s32(*b) : vldrb_s32(b);
      vstrb_s32(output, add_four(p, values_a, values_b));
    }
    if (left > 0) {
      const S32x4 values_a = p.a_strides[3] == 0 ? vdup_s32(*a) : vldrb_s32_tail(a, left);
      const S32x4 values_b = p.b_strides[3] == 0 ? vdup_s32(*b) : vldrb_s32_tail(b, left);
      vstrb_s32_tail(output, add_four(p, values_a, values_b), left);
    }
  }

  static S32x4 to_common_scale(S32x4 values, int32_t zero_point, int32_t multiplier, int32_t shift) {
    const S32x4 widened = vshl(vsub(values, vdup_s32(zero_point)), Contract::kLeftShift);
    return multiply_by_quantized_multiplier(widened, multiplier, shift);
  }

  static S32x4 add_four(const Params& p, S32x4 values_a, S32x4 values_b) {
    const S32x4 a = to_common_scale(values_a, p.a_zero_point, p.a_multiplier, p.a_shift);
    const S32x4 b = to_common_scale(values_b, p.b_zero_point, p.b_multiplier, p.b_shift);
    const S32x4 sum = p.b_sign == 1 ? vadd(a, b) : vsub(a, b);
    return to_output(multiply_by_quantized_multiplier(sum, p.output_multiplier, p.output_shift),
                     {p.output_zero_point, p.activation_min, p.activation_max});
  }
};

}  // namespace tmc::kernels::helium
