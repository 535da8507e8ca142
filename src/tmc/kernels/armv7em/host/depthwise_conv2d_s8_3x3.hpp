// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of armv7em/depthwise_conv2d_s8_3x3.hpp.

#include "tmc/kernels/armv7em/depthwise_conv2d_s8_3x3.hpp"
#include "tmc/kernels/armv7em/host/detail/channels.hpp"
#include "tmc/kernels/armv7em/host/detail/long_channels.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::armv7em {

// Weights as the model has them, nine bytes for a channel, and one byte more because rows are read by words.
inline Blobs pack(Of<DepthwiseConv2dS83x3>, const DepthwiseConv2dS8::Params& p, Constants views) {
  ChannelConstants constants(views);
  const auto channels =
      prove_channels(constants, p.input_zero_point, output_range(p), DepthwiseConv2dS83x3::kMaxWidening);
  if (!channels) return std::nullopt;
  std::vector<int8_t> weights = constants.weights;
  weights.push_back(0);
  return {{make_blob(DType::kI8, weights), channels_blob(*channels)}};
}

// What its work is linear in: groups of four channels, row pairs that are widened and their pairs of pixels, pairs that
// go from slab to slab, strips of output and their pairs of pixels, for each of the three kinds of strips.
// Of an image. Those below it are widened for the first group of channels only, where one slab holds all.
inline double widened_row_pairs(const DepthwiseView& view, int32_t groups) {
  using Implementation = DepthwiseConv2dS83x3;
  const int32_t all = Implementation::strips(view) + 1;
  const int32_t inside = (view.input_h + view.pad_top + 1) / 2;
  const bool is_one_slab = Implementation::slab_strips(view) == Implementation::strips(view);
  return all + (groups - 1.0) * (is_one_slab && inside < all ? inside : all);
}

template <typename AnyChannel>
CostFeatures cost_features(Of<DepthwiseConv2dS83x3Of<AnyChannel>>, const DepthwiseConv2dS83x3::Params& p) {
  using Implementation = DepthwiseConv2dS83x3;
  const DepthwiseView view = Implementation::view_of(p);
  const double groups = p.batch * p.input_c / 4.0;
  const double row_pairs = p.batch * widened_row_pairs(view, p.input_c / 4);
  const double kept_row_pairs = groups * ((Implementation::strips(view) - 1) / Implementation::slab_strips(view));
  const double channels = 4 * groups;
  const double pairs_of_rows = channels * (view.stride == 1 ? view.output_h / 2 : 0);
  const double single_rows = channels * (view.stride == 1 ? view.output_h % 2 : 0);
  const double rows_of_stride2 = channels * (view.stride == 2 ? view.output_h : 0);
  const double output_pairs = view.output_w / 2.0;  // the last column of an odd number takes half of two
  return {groups,
          row_pairs,
          row_pairs * plane_columns(view),
          kept_row_pairs * plane_columns(view),
          pairs_of_rows,
          pairs_of_rows * output_pairs,
          single_rows,
          single_rows * output_pairs,
          rows_of_stride2,
          rows_of_stride2 * output_pairs,
          clamped_values(p.activation_min, p.activation_max, 1.0 * p.batch * p.output_h * p.output_w * p.output_c)};
}

// The same blobs as those of depthwise_conv2d_s8_3x3, where all channels round once.
inline Blobs pack(Of<DepthwiseConv2dS83x3Once>, const DepthwiseConv2dS8::Params& p, Constants views) {
  return blobs_that_round_once(pack(Of<DepthwiseConv2dS83x3>{}, p, views));
}

// As for depthwise_conv2d_s8_3x3, with channels in the long form.
inline Blobs pack(Of<DepthwiseConv2dS83x3Long>, const DepthwiseConv2dS8::Params& p, Constants views) {
  ChannelConstants constants(views);
  const auto channels = long_channels(constants, p.input_zero_point);
  if (!channels) return std::nullopt;
  constants.weights.push_back(0);
  return {{make_blob(DType::kI8, constants.weights), make_blob(DType::kI32, *channels)}};
}

}  // namespace tmc::kernels::armv7em
