// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Windows are rows of detail/float_layers.hpp (detail/float_windows.hpp), of which a group of channels is multiplied at
// a time.

#include "tmc/kernels/contract/conv2d_f32.hpp"
#include "tmc/kernels/highway/detail/float_layers.hpp"

namespace tmc::kernels::highway {

struct Conv2dF32 : ImplementationOf<kernels::Conv2dF32> {
  static constexpr bool kIsNear = true;

  static constexpr bool applies(const Params& p) { return has_few_taps(p); }
  static int64_t scratch_bytes(const Params& p);
  static constexpr double instructions(const Params& p) {
    const double taps = 1.0 * p.kernel_h * p.kernel_w, window = taps * p.input_c / p.groups;
    return 50 + 1.0 * p.batch * p.output_h * p.output_w *
                    (20 + 4 * taps + p.groups * window + p.output_c * (1 + 0.1 * window));
  }
  static void run(Params p, Buffers b);
};

struct Conv2dPlanarF32 : ImplementationOf<kernels::Conv2dPlanarF32> {
  static constexpr bool kIsNear = true;

  static constexpr bool applies(const Params& p) { return p.groups == 1 && has_few_taps(p); }
  static int64_t scratch_bytes(const Params& p);
  static constexpr double instructions(const Params& p) {
    return Conv2dF32::instructions(p) + 2.0 * p.batch * p.input_h * p.input_w * p.input_c;
  }
  static void run(Params p, Buffers b);
};

}  // namespace tmc::kernels::highway
