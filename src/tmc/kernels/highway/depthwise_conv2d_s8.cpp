// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/highway/depthwise_conv2d_s8.hpp"

#include "tmc/kernels/highway/detail/framed_image.hpp"
#include "tmc/kernels/highway/detail/int8_layers.hpp"

namespace tmc::kernels::highway {
namespace {

using Params = DepthwiseConv2dS8::Params;

// Whether whole blocks of channels are read where they lie.
bool is_read_in_place(const Params& p) {
  return is_inside(p) && p.input_c % kBlock == 0;
}

// Where the taps of a window lie, in quads: what is past the end is the last again, with weights of 0.
void find_taps(const Params& p, int32_t image_w, int64_t* taps) {
  int32_t count = 0;
  for (int32_t ky = 0; ky < p.kernel_h; ++ky) {
    for (int32_t kx = 0; kx < p.kernel_w; ++kx) {
      taps[count++] = (int64_t{ky} * p.dilation_h * image_w + kx * p.dilation_w) * p.input_c;
    }
  }
  for (; count % kQuad != 0; ++count) taps[count] = taps[count - 1];
}

}  // namespace

bool DepthwiseConv2dS8::applies(const Params& p) {
  return p.groups == p.input_c && p.output_c == p.input_c && p.kernel_h * p.kernel_w <= DepthwiseRows::kMostTaps;
}

int64_t DepthwiseConv2dS8::scratch_bytes(const Params& p) {
  return is_read_in_place(p) ? 0 : framed_bytes(p, kBlock - 1);
}

void DepthwiseConv2dS8::run(Params p, Buffers b) {
  const bool in_place = is_read_in_place(p);
  const int32_t image_w = in_place ? p.input_w : frame_of(p).width;
  auto* const frame = static_cast<int8_t*>(b.scratch);
  int64_t taps[DepthwiseRows::kMostTaps];
  find_taps(p, image_w, taps);
  const DepthwiseRows rows{.input = nullptr,
                           .rows = {p.output_h, p.output_w, p.stride_h * image_w * p.input_c, p.stride_w * p.input_c},
                           .taps = taps,
                           .pairs = (p.kernel_h * p.kernel_w + 1) / 2,
                           .weights = static_cast<const int8_t*>(b.weights),
                           .channel_records = static_cast<const int32_t*>(b.channels),
                           .channels = p.output_c,
                           .range = {p.output_zero_point, p.activation_min, p.activation_max},
                           .output = b.output};
  for_each_image(p, b.input, in_place, frame, rows, multiply_taps);
}

}  // namespace tmc::kernels::highway
