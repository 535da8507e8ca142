// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Four elements at a time along rows in which each operand runs along or stays (contract/detail/broadcast_rows.hpp).

#include "tmc/kernels/common/broadcast.hpp"
#include "tmc/kernels/contract/add.hpp"
#include "tmc/kernels/contract/detail/broadcast_rows.hpp"
#include "tmc/kernels/helium/detail/requantize.hpp"

namespace tmc::kernels::helium {

struct AddS8 : ImplementationOf<kernels::AddS8> {
  static constexpr bool applies(const Params& p) { return has_dense_rows(p); }
  static constexpr Overlap overlap(const Params& p, int buffer) { return broadcast_overlap(p, buffer); }
  static constexpr double instructions(const Params& p) {
    const double elements = static_cast<double>(broadcast_elements(p));
    return 40 + 50 * elements / broadcast_rows(p).length + 5.6 * elements;
  }

  static void run(Params p, Buffers buffers) {
    const BroadcastRows rows = broadcast_rows(p);
    for_each_row(p, rows, buffers.a, buffers.b, buffers.output, [&](const int8_t* a, const int8_t* b, int8_t* output) {
      int32_t left = rows.length;
      for (; left >= 4; left -= 4, a += 4 * rows.a_step, b += 4 * rows.b_step, output += 4) {
        const S32x4 values_a = rows.a_step == 0 ? vdup_s32(*a) : vldrb_s32(a);
        const S32x4 values_b = rows.b_step == 0 ? vdup_s32(*b) : vldrb_s32(b);
        vstrb_s32(output, add_four(p, values_a, values_b));
      }
      if (left > 0) {
        const S32x4 values_a = rows.a_step == 0 ? vdup_s32(*a) : vldrb_s32_tail(a, left);
        const S32x4 values_b = rows.b_step == 0 ? vdup_s32(*b) : vldrb_s32_tail(b, left);
        vstrb_s32_tail(output, add_four(p, values_a, values_b), left);
      }
    });
  }

 private:
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
