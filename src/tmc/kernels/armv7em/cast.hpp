// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Whole numbers that have the same bytes in both types, by words.

#include "tmc/kernels/armv7em/detail/move.hpp"
#include "tmc/kernels/portable/cast.hpp"

namespace tmc::kernels::armv7em {

struct Cast : portable::Cast {
  static constexpr bool applies(const Params& p) {
    const auto from = static_cast<DType>(p.input_dtype), to = static_cast<DType>(p.output_dtype);
    return portable::Cast::applies(p) && is_whole(from) && is_whole(to) && dtype_bytes(from) == dtype_bytes(to);
  }
  static constexpr double instructions(const Params& p) {
    return 20 + 0.3 * p.elements * dtype_bytes(static_cast<DType>(p.output_dtype));
  }

  static void run(Params p, Buffers b) {
    move_up(static_cast<int8_t*>(b.output), static_cast<const int8_t*>(b.input),
            p.elements * static_cast<int32_t>(dtype_bytes(static_cast<DType>(p.output_dtype))));
  }

 private:
  static constexpr bool is_whole(DType dtype) { return !dtype_is_float(dtype) && dtype != DType::kBool; }
};

}  // namespace tmc::kernels::armv7em
