// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: groups of four channels, row pairs that are widened and the columns of them that lie
// inside or at an edge, strips of output and their pairs of pixels.
#include <algorithm>

#include "tmc/kernels/armv7em/depthwise_conv2d_s8_3x3.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<armv7em::DepthwiseConv2dS83x3>, const armv7em::DepthwiseConv2dS83x3::Params& p) {
  const double groups = p.batch * p.input_c / 4.0;
  const double strips = p.stride_h == 1 ? (p.output_h + 1) / 2 : p.output_h;
  const double columns = armv7em::plane_columns(p);
  double whole_rows = 0;
  for (int32_t pair = 0; pair <= static_cast<int32_t>(strips); ++pair) {
    const int32_t y = 2 * pair - p.pad_top;
    if (y >= 0 && y + 1 < p.input_h) ++whole_rows;
  }
  const double inner = std::min(columns, (p.input_w + p.pad_left) / 2.0) - (p.pad_left + 1) / 2;
  const double edge_rows = strips + 1 - whole_rows;
  const double stride1 = p.stride_h == 1 ? 4 * groups * strips : 0;
  const double stride2 = p.stride_h == 1 ? 0 : 4 * groups * strips;
  const double output_pairs = (p.output_w + 1) / 2;
  return {groups,
          groups * whole_rows,
          groups * whole_rows * inner,
          groups * whole_rows * (columns - inner),
          groups * edge_rows,
          groups * edge_rows * columns,
          stride1,
          stride1 * output_pairs,
          stride2,
          stride2 * output_pairs,
          clamped_values(p.activation_min, p.activation_max, 1.0 * p.batch * p.output_h * p.output_w * p.output_c)};
}

}  // namespace tmc::kernels
