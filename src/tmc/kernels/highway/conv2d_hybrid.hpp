// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Windows that are single pixels, fully connected layers among them: a row of int8_layers.hpp each, whose sums become
// float. A row that does not end with four inputs is copied first.

#include "tmc/kernels/contract/conv2d_hybrid.hpp"

namespace tmc::kernels::highway {

struct Conv2dHybrid : ImplementationOf<kernels::Conv2dHybrid> {
  static constexpr bool applies(const Params& p) {
    return p.groups == 1 && p.kernel_h == 1 && p.kernel_w == 1 && p.stride_h == 1 && p.stride_w == 1 &&
           p.pad_top == 0 && p.pad_left == 0 && p.output_h == p.input_h && p.output_w == p.input_w;
  }
  static int64_t scratch_bytes(const Params& p);
  static constexpr double instructions(const Params& p) {
    return 50 + 1.0 * p.batch * p.output_h * p.output_w * (40 + p.output_c * (4 + 0.25 * p.input_c));
  }
  static void run(Params p, Buffers b);
};

}  // namespace tmc::kernels::highway
