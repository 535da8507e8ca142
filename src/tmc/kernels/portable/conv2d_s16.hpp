// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one output at a time (portable/detail/direct_layers.hpp).

#include "tmc/kernels/contract/conv2d_s16.hpp"
#include "tmc/kernels/portable/detail/direct_layers.hpp"

namespace tmc::kernels::portable {

struct Conv2dS16 {
  using Contract = kernels::Conv2dS16;
  using Params = Contract::Params;
  using Buffers = Contract::Buffers;

  static constexpr bool applies(const Params& p) { return Contract::is_symmetric(p); }
  static constexpr int64_t scratch_bytes(const Params&) { return 0; }
  static constexpr Overlap overlap(const Params&, int) { return kNoOverlap; }
  static constexpr double instructions(const Params& p) {
    const double outputs = 1.0 * p.batch * p.output_h * p.output_w * p.output_c;
    return outputs * (40 + p.kernel_h * p.kernel_w * (10 + 8.0 * p.input_c / p.groups));
  }
  static void run(Params p, Buffers b) { convolve_directly<int16_t>(p, b); }
};

}  // namespace tmc::kernels::portable
