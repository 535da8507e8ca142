// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/highway/conv2d_s8.hpp"

#include "tmc/kernels/highway/detail/framed_image.hpp"
#include "tmc/kernels/highway/detail/window_runs.hpp"

namespace tmc::kernels::highway {
namespace {

using Params = Conv2dS8::Params;

// Whether windows are read where they lie, without a byte beyond them.
bool is_read_in_place(const Params& p) {
  return is_inside(p) && run_values(p) % kQuad == 0;
}

// Pixels that follow each other through all lines are one line.
Rows rows_of(const Params& p, int32_t image_w) {
  const int32_t column_stride = p.stride_w * p.input_c;
  if (p.stride_h == 1 && p.stride_w == 1 && image_w == p.output_w) {
    return {1, p.output_h * p.output_w, 0, column_stride};
  }
  return {p.output_h, p.output_w, p.stride_h * image_w * p.input_c, column_stride};
}

Runs runs_of(const Params& p, int32_t image_w) {
  return {p.kernel_h, runs_in_line(p), round_up(run_values(p), kQuad) / kQuad, p.dilation_h * image_w * p.input_c,
          p.dilation_w * p.input_c};
}

}  // namespace

int64_t Conv2dS8::scratch_bytes(const Params& p) {
  return is_read_in_place(p) ? 0 : framed_bytes(p, kQuad - 1);
}

void Conv2dS8::run(Params p, Buffers b) {
  const bool in_place = is_read_in_place(p);
  const int32_t image_w = in_place ? p.input_w : frame_of(p).width;
  auto* const frame = static_cast<int8_t*>(b.scratch);
  const ProductRows rows{.input = nullptr,
                         .rows = rows_of(p, image_w),
                         .runs = runs_of(p, image_w),
                         .weights = static_cast<const int8_t*>(b.weights),
                         .channels = static_cast<const int32_t*>(b.channels),
                         .outputs = p.output_c,
                         .range = {p.output_zero_point, p.activation_min, p.activation_max},
                         .output = b.output};
  for_each_image(p, b.input, in_place, frame, rows, multiply_rows);
}

}  // namespace tmc::kernels::highway
