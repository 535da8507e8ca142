// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of armv7em/depthwise_conv2d_f32.hpp.

#include "tmc/base/float16.hpp"
#include "tmc/kernels/armv7em/depthwise_conv2d_f32.hpp"
#include "tmc/kernels/armv7em/host/detail/float_blocks.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::armv7em {

// Weights as [blocks of four channels][taps][4], in float.
inline Blobs pack(Of<DepthwiseConv2dF32>, const DepthwiseConv2dF32::Params& p, Constants constants) {
  std::vector<float> weights;
  if (constants[0].dtype == DType::kF16) {
    for (const uint16_t half : constants[0].to_vector<uint16_t>()) weights.push_back(widen_f16(half));
  } else {
    weights = constants[0].to_vector<float>();
  }
  const auto taps = static_cast<size_t>(p.kernel_h * p.kernel_w);
  std::vector<float> packed(weights.size());
  for (size_t i = 0; i < weights.size(); ++i) {
    const size_t channel = i / taps;
    packed[(channel / 4 * taps + i % taps) * 4 + channel % 4] = weights[i];
  }
  return {{make_blob(DType::kF32, packed), make_blob(DType::kF32, constants[1].to_vector<float>())}};
}

// What its work is linear in: rows, tiles of four pixels and single pixels, their blocks of four channels, and the rows
// and taps of these.
inline CostFeatures cost_features(Of<DepthwiseConv2dF32>, const DepthwiseConv2dF32::Params& p) {
  using Implementation = DepthwiseConv2dF32;
  const double blocks = p.input_c / 4;
  const FloatRange range = FloatRange::of(p.activation_min, p.activation_max);
  const double bounds = (range.bounds & 1) + (range.bounds >> 1);
  const double stride_two = p.stride_w == 2 ? 1 : 0;
  double tiles = 0, tile_rows = 0, pixels = 0, pixel_rows = 0, taps = 0;
  for (int32_t y = 0; y < p.output_h; ++y) {
    const auto rows = Implementation::Inside::of(y * p.stride_h - p.pad_top, p.kernel_h, p.dilation_h, p.input_h);
    for (int32_t x = 0; x < p.output_w;) {
      if (rows.count > 0 && Implementation::has_tiles(p) && Implementation::tile_fits(p, x)) {
        tiles += 1;
        tile_rows += rows.count;
        x += Implementation::kPixels;
        continue;
      }
      const auto columns = Implementation::Inside::of(x * p.stride_w - p.pad_left, p.kernel_w, p.dilation_w, p.input_w);
      pixels += 1;
      pixel_rows += rows.count;
      taps += 1.0 * rows.count * columns.count;
      ++x;
    }
  }
  CostFeatures terms = {
      1.0 * p.output_h,        tiles,  tiles * blocks,  tile_rows * blocks,  tile_rows * blocks * stride_two,
      tiles * blocks * bounds, pixels, pixels * blocks, pixel_rows * blocks, taps * blocks,
      pixels * blocks * bounds};
  for (double& term : terms) term *= p.batch;
  return terms;
}

}  // namespace tmc::kernels::armv7em
