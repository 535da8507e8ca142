// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of armv7em/depthwise_conv2d_s8_lines.hpp.

#include "tmc/kernels/armv7em/depthwise_conv2d_s8_lines.hpp"
#include "tmc/kernels/armv7em/host/detail/channels.hpp"
#include "tmc/kernels/armv7em/host/detail/long_channels.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::armv7em {

// Weights as the model has them.
inline Blobs pack(Of<DepthwiseConv2dS8Lines>, const DepthwiseConv2dS8::Params& p, Constants views) {
  ChannelConstants constants(views);
  const auto channels = prove_channels(constants, p.input_zero_point, output_range(p));
  if (!channels) return std::nullopt;
  return {{make_blob(DType::kI8, constants.weights), channels_blob(*channels)}};
}

// What its work is linear in: groups of four channels, their weights, rows that are widened and their pixel pairs,
// slabs, rows of output, tiles of four outputs with the rows and the pairs of their windows, and last tiles that are
// not full.
template <typename AnyChannel>
CostFeatures cost_features(Of<DepthwiseConv2dS8LinesOf<AnyChannel>>, const DepthwiseConv2dS8Lines::Params& p) {
  using Implementation = DepthwiseConv2dS8Lines;
  const Implementation::View view = Implementation::view_of(p);
  const double groups = p.batch * groups_of_four(p.input_c);
  const double channels = 1.0 * p.batch * p.input_c;
  const double pairs = Implementation::window_pairs(view);
  const int32_t slab = Implementation::slab_outputs(view);
  double rows = 0;
  double kept_rows = 0;
  for (int32_t first = 0; first < view.y.output; first += slab) {
    const int32_t outputs = view.y.output - first < slab ? view.y.output - first : slab;
    const int32_t kept = view.y.window() > view.y.stride ? view.y.window() - view.y.stride : 0;
    rows += (outputs - 1) * view.y.stride + view.y.window() - (first > 0 ? kept : 0);
    if (first > 0) kept_rows += kept;
  }
  const double partial_groups = p.input_c % 4 == 0 ? 0 : p.batch;
  const double lines = channels * view.y.output;
  const double tiles = lines * Implementation::tiles(view);
  return {groups,
          channels * view.y.kernel * pairs,
          1.0 * channels * p.kernel_h * p.kernel_w,
          groups * rows,
          groups * rows * Implementation::plane_pairs(view),
          partial_groups * rows * Implementation::plane_pairs(view),
          groups * kept_rows * Implementation::plane_pairs(view),
          lines,
          tiles,
          tiles * view.y.kernel,
          tiles * view.y.kernel * pairs,
          view.x.output % 4 == 0 ? 0 : lines,
          clamped_values(p.activation_min, p.activation_max, channels * p.output_h * p.output_w)};
}

// Weights as the model has them, with channels in the long form.
inline Blobs pack(Of<DepthwiseConv2dS8LinesLong>, const DepthwiseConv2dS8::Params& p, Constants views) {
  ChannelConstants constants(views);
  const auto channels = long_channels(constants, p.input_zero_point);
  if (!channels) return std::nullopt;
  return {{make_blob(DType::kI8, constants.weights), make_blob(DType::kI32, *channels)}};
}

}  // namespace tmc::kernels::armv7em
