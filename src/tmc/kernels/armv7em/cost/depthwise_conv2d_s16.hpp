// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: pairs of channels, their taps, input rows and words of them, output rows, two
// pixels or one, rows of their windows and taps.

#include "tmc/kernels/armv7em/cost/int16_terms.hpp"
#include "tmc/kernels/armv7em/depthwise_conv2d_s16.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<armv7em::DepthwiseConv2dS16>, const armv7em::DepthwiseConv2dS16::Params& p) {
  using Body = armv7em::DepthwiseConv2dS16;
  const double pairs = 1.0 * p.batch * ((p.input_c + 1) / 2);
  const double rows = pairs * p.output_h;
  const double fresh = p.stride_h < Body::lines(p) ? p.stride_h : Body::lines(p);
  const double lines = pairs * (Body::lines(p) + (p.output_h - 1) * fresh);
  const double pixels = rows * (p.output_w / 2);
  const double single = rows * (p.output_w % 2);
  const double windows = (pixels + single) * p.kernel_h;
  const bool any = !Body::is_three_by_three(p);
  return {pairs,
          pairs * Body::filled_taps(p),
          lines,
          lines * p.input_w,
          rows,
          rows * p.kernel_h,
          any ? 0 : pixels,
          any ? 0 : single,
          any ? pixels : 0,
          any ? single : 0,
          any ? windows : 0,
          any ? windows * p.kernel_w : 0,
          armv7em::clamped_int16_values(p.activation_min, p.activation_max,
                                        1.0 * p.batch * p.output_h * p.output_w * p.output_c)};
}

}  // namespace tmc::kernels
