// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: a look-up and an interpolation for each element.

#include "tmc/kernels/contract/table_s16.hpp"
#include "tmc/kernels/portable/detail/convert.hpp"

namespace tmc::kernels::portable {

struct TableS16 : ImplementationOf<kernels::TableS16> {
  static constexpr Overlap overlap(const Params&, int) { return kInPlace; }
  static constexpr double instructions(const Params& p) { return 12.0 * p.elements; }

  static void run(Params p, Buffers b) {
    convert_elements(p.elements, b.input, b.output, [&](int16_t value) {
      const int16_t* entry = b.table + 256 + (value >> 7);
      const auto slope = static_cast<int16_t>(entry[1] - entry[0]);
      return static_cast<int16_t>(entry[0] + ((slope * (value & 127) + 64) >> 7));
    });
  }
};

}  // namespace tmc::kernels::portable
