// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/highway/depthwise_conv2d_f32.hpp"

#include "tmc/kernels/highway/detail/float_windows.hpp"

namespace tmc::kernels::highway {
namespace {

using Params = DepthwiseConv2dF32::Params;

// A channel is no group here: all are read side by side, tap by tap.
FloatWindows windows_of(const Params& p) {
  return {p, FloatWindows::Image::kPixels, FloatWindows::Runs::kTaps};
}

}  // namespace

int64_t DepthwiseConv2dF32::scratch_bytes(const Params& p) {
  return windows_of(p).scratch_bytes();
}

void DepthwiseConv2dF32::run(Params p, Buffers b) {
  const FloatWindows windows = windows_of(p);
  FloatTaps taps{.begins = nullptr,
                 .rows = 0,
                 .taps = windows.runs(),
                 .weights = static_cast<const float*>(b.weights),
                 .bias = b.bias,
                 .channels = p.output_c,
                 .low = p.activation_min,
                 .high = p.activation_max,
                 .output = nullptr};
  windows.for_each_rows(b.input, b.scratch, [&](int64_t first, int32_t count, const float* const* begins) {
    taps.begins = begins;
    taps.rows = count;
    taps.output = b.output + first * p.output_c;
    multiply_float_taps(taps);
  });
}

}  // namespace tmc::kernels::highway
