// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Runs of elements that lie side by side and have the same indices, as rows of an embedding have, moved by words.

#include "tmc/kernels/armv7em/detail/move.hpp"
#include "tmc/kernels/portable/lookup.hpp"

namespace tmc::kernels::armv7em {

struct Lookup : portable::Lookup {
  static constexpr bool applies(const Params& p) {
    return portable::Lookup::applies(p) && p.index_strides[5] == 0 && p.data_strides[5] == 1;
  }
  static constexpr double instructions(const Params& p) {
    double runs = 1;
    for (int32_t axis = 0; axis < 5; ++axis) runs *= p.extents[axis];
    const int32_t bytes = run_bytes(p);
    return runs * (40 + 8.0 * p.looked_up + bytes / 16 * 4 + bytes % 16 / 4 * 5 + bytes % 4 * 5);
  }

  static void run(Params p, Buffers b) {
    const auto* data = static_cast<const int8_t*>(b.data);
    auto* output = static_cast<int8_t*>(b.output);
    const int32_t bytes = run_bytes(p);
    portable::with_indices(p.indices_dtype, b.indices, [&](const auto* indices) {
      portable::for_each_run(p, p.data_strides, [&](int32_t index, int32_t element) {
        const int32_t place = element + portable::place_of(p, indices + index);
        move_up(output, data + place * p.element_bytes, bytes);
        output += bytes;
      });
    });
  }

  static constexpr int32_t run_bytes(const Params& p) { return p.extents[5] * p.element_bytes; }
};

}  // namespace tmc::kernels::armv7em
