// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Images whose windows lie inside: where windows of a convolution reach beyond the image, or loads beyond what they
// use, the image is copied into a frame of zero points first.

#include "tmc/kernels/contract/conv2d.hpp"

namespace tmc::kernels::highway {

// Extents of what the windows of an image cover.
struct Frame {
  int32_t height, width;
};
Frame frame_of(const QuantizedConv2d::Params& p);

// Whether the windows lie inside the image itself.
bool is_inside(const QuantizedConv2d::Params& p);

// Of a frame with so many bytes behind it that may be read.
int64_t framed_bytes(const QuantizedConv2d::Params& p, int32_t behind);

// Fills a frame but for what is behind it.
void copy_into_frame(const QuantizedConv2d::Params& p, const int8_t* image, int8_t* frame);

// Runs `multiply(rows)` for each image of the batch, where it lies or in the frame, with `rows` at its input and
// output.
template <typename Rows, typename Multiply>
void for_each_image(const QuantizedConv2d::Params& p, const int8_t* input, bool in_place, int8_t* frame, Rows rows,
                    Multiply multiply) {
  for (int32_t item = 0; item < p.batch; ++item) {
    const int8_t* const image = input + int64_t{item} * p.input_h * p.input_w * p.input_c;
    if (!in_place) copy_into_frame(p, image, frame);
    rows.input = in_place ? image : frame;
    multiply(rows);
    rows.output += int64_t{p.output_h} * p.output_w * p.output_c;
  }
}

}  // namespace tmc::kernels::highway
