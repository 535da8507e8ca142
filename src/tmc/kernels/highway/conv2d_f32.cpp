// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/highway/conv2d_f32.hpp"

#include "tmc/kernels/highway/detail/float_windows.hpp"

namespace tmc::kernels::highway {
namespace {

using Params = Conv2dF32::Params;
using Image = FloatWindows::Image;

// Pixels of a line lie side by side, but not the channels of a group.
FloatWindows windows_of(const Params& p, Image image) {
  return {p, image, p.groups == 1 ? FloatWindows::Runs::kTapsOrLines : FloatWindows::Runs::kTaps};
}

void convolve(const Params& p, Image image, const Conv2dF32::Buffers& b) {
  const FloatWindows windows = windows_of(p, image);
  const int32_t depth = p.input_c / p.groups, outputs = p.output_c / p.groups;
  const int64_t block_floats = int64_t{float_blocks(outputs)} * kOutputBlock;
  FloatProducts products{.begins = nullptr,
                         .rows = 0,
                         .runs = windows.runs(),
                         .values = windows.run_pixels() * depth,
                         .first = 0,
                         .weights = nullptr,
                         .bias = nullptr,
                         .outputs = outputs,
                         .low = p.activation_min,
                         .high = p.activation_max,
                         .output = nullptr,
                         .output_stride = p.output_c};
  windows.for_each_rows(b.input, b.scratch, [&](int64_t first, int32_t count, const float* const* begins) {
    products.begins = begins;
    products.rows = count;
    for (int32_t group = 0; group < p.groups; ++group) {
      products.first = group * depth;
      products.weights = static_cast<const float*>(b.weights) + group * block_floats * products.runs * products.values;
      products.bias = b.bias + group * block_floats;
      products.output = b.output + first * p.output_c + int64_t{group} * outputs;
      multiply_floats(products);
    }
  });
}

}  // namespace

int64_t Conv2dF32::scratch_bytes(const Params& p) {
  return windows_of(p, Image::kPixels).scratch_bytes();
}

void Conv2dF32::run(Params p, Buffers b) {
  convolve(p, Image::kPixels, b);
}

int64_t Conv2dPlanarF32::scratch_bytes(const Params& p) {
  return windows_of(p, Image::kPlanes).scratch_bytes();
}

void Conv2dPlanarF32::run(Params p, Buffers b) {
  convolve(p, Image::kPlanes, b);
}

}  // namespace tmc::kernels::highway
