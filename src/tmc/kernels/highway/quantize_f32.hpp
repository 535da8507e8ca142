// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// To int8, some elements at once (detail/quantize.hpp).

#include "tmc/base/dtype.hpp"
#include "tmc/kernels/portable/quantize_f32.hpp"

namespace tmc::kernels::highway {

struct QuantizeF32 : portable::QuantizeF32 {
  static constexpr bool applies(const Params& p) { return p.output_dtype == static_cast<int32_t>(DType::kI8); }
  static constexpr double instructions(const Params& p) { return 30 + 2.0 * p.elements; }
  static void run(Params p, Buffers b);
};

}  // namespace tmc::kernels::highway
