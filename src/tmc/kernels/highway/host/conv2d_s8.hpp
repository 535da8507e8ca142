// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants of the implementation of highway/conv2d_s8.hpp.

#include "tmc/kernels/highway/conv2d_s8.hpp"
#include "tmc/kernels/highway/detail/window_runs.hpp"
#include "tmc/kernels/highway/host/detail/blocks.hpp"

namespace tmc::kernels::highway {

inline Blobs pack(Of<Conv2dS8>, const Conv2dS8::Params& p, Constants constants) {
  return pack_rows(p.output_c, p.kernel_h * runs_in_line(p), run_values(p), p.input_zero_point, p.output_zero_point,
                   constants);
}

}  // namespace tmc::kernels::highway
