// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Convolution of any window, one output pixel at a time: its window is gathered into scratch, then every output channel
// is a dot product with it (detail/dot_rows.hpp). A window is read as a whole before its pixel is written.

#include "tmc/kernels/contract/detail/forward_slack.hpp"
#include "tmc/kernels/helium/detail/dot_rows.hpp"
#include "tmc/kernels/helium/detail/window.hpp"

namespace tmc::kernels::helium {

struct Conv2dS8 : ImplementationOf<kernels::Conv2dS8> {
  static constexpr bool applies(const Params& p) { return p.groups == 1; }
  static constexpr int64_t scratch_bytes(const Params& p) { return window_values(p); }
  static constexpr Overlap overlap(const Params& p, int) { return forward_overlap(p, 1); }
  static constexpr double instructions(const Params& p) {
    const double gather = 15 + p.kernel_h * (25 + 0.4 * p.kernel_w * p.input_c);
    return 50 +
           1.0 * p.batch * p.output_h * p.output_w * (gather + dot_rows_instructions(window_values(p), p.output_c));
  }

  static void run(Params p, Buffers b) {
    auto* window = static_cast<int8_t*>(b.scratch);
    const DotRows rows{static_cast<const int8_t*>(b.weights),
                       static_cast<const int32_t*>(b.channels),
                       window_values(p),
                       p.output_c,
                       {p.output_zero_point, p.activation_min, p.activation_max}};
    int8_t* output = b.output;
    for (int32_t image = 0; image < p.batch; ++image) {
      const int8_t* input = b.input + image * p.input_h * p.input_w * p.input_c;
      for (int32_t y = 0; y < p.output_h; ++y) {
        for (int32_t x = 0; x < p.output_w; ++x, output += p.output_c) {
          gather_window(p, input, y * p.stride_h - p.pad_top, x * p.stride_w - p.pad_left, window);
          run_dot_rows(rows, window, output);
        }
      }
    }
  }
};

}  // namespace tmc::kernels::helium
