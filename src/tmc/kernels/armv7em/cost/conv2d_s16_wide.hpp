// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: windows and how they are copied, steps of eight inputs, blocks of four channels, parts of
// rows, and outputs.

#include "tmc/kernels/armv7em/conv2d_s16_wide.hpp"
#include "tmc/kernels/armv7em/cost/int16_terms.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<armv7em::Conv2dS16Wide>, const armv7em::Conv2dS16Wide::Params& p) {
  using Body = armv7em::Conv2dS16Wide;
  const double pixels = 1.0 * p.batch * p.output_h * p.output_w;
  const double windows = pixels * p.groups;
  const double steps = Body::steps(p);
  const double blocks = Body::blocks(p);
  const bool by_rows = p.dilation_w == 1 && p.groups == 1;
  const double moves = windows * p.kernel_h * (by_rows ? 1 : p.kernel_w);
  return {pixels,
          windows,
          by_rows ? moves : 0,
          by_rows ? windows * steps : 0,
          by_rows ? 0 : moves,
          by_rows ? 0 : moves * Body::depth(p),
          windows * blocks,
          windows * blocks * armv7em::int16_parts(steps),
          windows * blocks * steps,
          pixels * p.output_c,
          armv7em::clamped_int16_values(p.activation_min, p.activation_max, pixels * p.output_c)};
}

}  // namespace tmc::kernels
