// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Some elements at once (detail/quantize.hpp); what is computed of an item's range is that of the portable
// implementation.

#include "tmc/kernels/portable/quantize_dynamic.hpp"

namespace tmc::kernels::highway {

struct QuantizeDynamic : portable::QuantizeDynamic {
  static constexpr double instructions(const Params& p) { return p.batch * (60 + 2.0 * p.elements); }
  static void run(Params p, Buffers b);
};

}  // namespace tmc::kernels::highway
