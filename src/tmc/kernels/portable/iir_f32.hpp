// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one line after the other, and of a line one section after the other, so that the section's
// coefficients and state stay in registers.

#include "tmc/kernels/common/counts.hpp"
#include "tmc/kernels/contract/iir_f32.hpp"

namespace tmc::kernels::portable {

struct IirF32 : ImplementationOf<kernels::IirF32> {
  static constexpr bool applies(const Params& p) {
    return p.input_elements == product_of(p.outer, p.depth, p.inner) && p.output_elements == p.input_elements &&
           p.coefficients_elements == product_of(p.sections, 5);
  }
  // Every element of the input is read before the one at its place is written, but coefficients are read to the end.
  static constexpr Overlap overlap(const Params&, int buffer) {
    return buffer == 0 ? Overlap{Overlap::Kind::kSameBegin, 0} : kNoOverlap;
  }
  static constexpr double instructions(const Params& p) { return 12.0 * p.outer * p.depth * p.inner * p.sections; }

  static void run(Params p, Buffers b) {
    for (int32_t i = 0; i < p.outer; ++i) {
      for (int32_t j = 0; j < p.inner; ++j) {
        const int32_t first = i * p.depth * p.inner + j;
        float* const line = b.output + first;
        section(p, b.coefficients, b.input + first, line);
        for (int32_t s = 1; s < p.sections; ++s) section(p, b.coefficients + 5 * s, line, line);
      }
    }
  }

 private:
  static void section(const Params& p, const float* coefficients, const float* from, float* to) {
    const float b0 = coefficients[0], b1 = coefficients[1], b2 = coefficients[2];
    const float a1 = coefficients[3], a2 = coefficients[4];
    float z0 = 0, z1 = 0;
    for (int32_t n = 0; n < p.depth; ++n) {
      const float x = from[n * p.inner];
      const float y = b0 * x + z0;
      z0 = b1 * x - a1 * y + z1;
      z1 = b2 * x - a2 * y;
      to[n * p.inner] = y;
    }
  }
};

}  // namespace tmc::kernels::portable
