// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: windows and how they are copied, steps of eight inputs, blocks of four channels, and
// outputs.
#include "tmc/kernels/armv7em/conv2d_s8_single.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<armv7em::Conv2dS8Single>, const armv7em::Conv2dS8Single::Params& p) {
  using Body = armv7em::Conv2dS8Single;
  const double pixels = 1.0 * p.batch * p.output_h * p.output_w;
  const double windows = pixels * p.groups;
  const double steps = Body::steps(p);
  const double blocks = Body::blocks(p);
  const double copied = Body::is_one_tap(p) ? 0 : windows;
  const bool by_rows = p.dilation_w == 1 && p.groups == 1;
  const double moves = copied * p.kernel_h * (by_rows ? 1 : p.kernel_w);
  return {pixels,
          windows,
          by_rows ? moves : 0,
          by_rows ? copied * steps : 0,
          by_rows ? 0 : moves,
          by_rows ? 0 : moves * Body::depth(p),
          windows * steps,
          windows * blocks,
          windows * blocks * steps,
          pixels * p.output_c,
          clamped_values(p.activation_min, p.activation_max, pixels * p.output_c)};
}

}  // namespace tmc::kernels
