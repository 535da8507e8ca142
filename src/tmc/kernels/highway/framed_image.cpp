// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/highway/detail/framed_image.hpp"

#include <string.h>

#include <algorithm>

namespace tmc::kernels::highway {

Frame frame_of(const QuantizedConv2d::Params& p) {
  return {(p.output_h - 1) * p.stride_h + (p.kernel_h - 1) * p.dilation_h + 1,
          (p.output_w - 1) * p.stride_w + (p.kernel_w - 1) * p.dilation_w + 1};
}

bool is_inside(const QuantizedConv2d::Params& p) {
  const Frame frame = frame_of(p);
  return p.pad_top == 0 && p.pad_left == 0 && frame.height <= p.input_h && frame.width <= p.input_w;
}

int64_t framed_bytes(const QuantizedConv2d::Params& p, int32_t behind) {
  const Frame frame = frame_of(p);
  return int64_t{frame.height} * frame.width * p.input_c + behind;
}

void copy_into_frame(const QuantizedConv2d::Params& p, const int8_t* image, int8_t* frame) {
  const auto [height, width] = frame_of(p);
  const int64_t frame_row = int64_t{width} * p.input_c;
  const int32_t left = std::min(p.pad_left, width), copied = std::clamp(p.input_w, 0, width - left);
  const auto fill = [&](int8_t* to, int64_t bytes) { memset(to, p.input_zero_point, static_cast<size_t>(bytes)); };
  for (int32_t y = 0; y < height; ++y, frame += frame_row) {
    const int32_t row = y - p.pad_top;
    if (row < 0 || row >= p.input_h) {
      fill(frame, frame_row);
      continue;
    }
    fill(frame, int64_t{left} * p.input_c);
    memcpy(frame + int64_t{left} * p.input_c, image + int64_t{row} * p.input_w * p.input_c,
           static_cast<size_t>(copied) * static_cast<size_t>(p.input_c));
    const int64_t done = int64_t{left + copied} * p.input_c;
    fill(frame + done, frame_row - done);
  }
}

}  // namespace tmc::kernels::highway
