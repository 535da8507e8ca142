// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct AveragePool2d {
  static constexpr const char* kName = "average_pool2d";
  static constexpr const char* kDoc =
      "Mean over a sliding window. Input: image [n, h, w, c] (nchw: [n, c, h, w]). Output: image. Padding "
      "counts as zeros only with count_include_pad. Integers of one quantisation round half away from zero, with "
      "ties_up half up.";

  int32_t kernel_h = 1;
  int32_t kernel_w = 1;
  int32_t stride_h = 1;
  int32_t stride_w = 1;
  int32_t pad_top = 0;
  int32_t pad_left = 0;
  int32_t pad_bottom = 0;
  int32_t pad_right = 0;
  bool count_include_pad = false;
  bool ties_up = false;
  Activation activation = Activation::kNone;
  Layout layout = Layout::kNhwc;

  static constexpr auto fields() {
    return std::tuple{Field{"kernel_h", &AveragePool2d::kernel_h},
                      Field{"kernel_w", &AveragePool2d::kernel_w},
                      Field{"stride_h", &AveragePool2d::stride_h},
                      Field{"stride_w", &AveragePool2d::stride_w},
                      Field{"pad_top", &AveragePool2d::pad_top},
                      Field{"pad_left", &AveragePool2d::pad_left},
                      Field{"pad_bottom", &AveragePool2d::pad_bottom},
                      Field{"pad_right", &AveragePool2d::pad_right},
                      Field{"count_include_pad", &AveragePool2d::count_include_pad},
                      Field{"ties_up", &AveragePool2d::ties_up},
                      Field{"activation", &AveragePool2d::activation},
                      Field{"layout", &AveragePool2d::layout}};
  }

  static Inferred infer(const AveragePool2d& op, const InferInputs& in) {
    TMC_TRY(check_inputs(in, 1, 1));
    TMC_TRY(check_rank(in[0], 4, "image"));
    const ImageAxes axes = image_axes(op.layout);
    const Shape& image = in[0].shape;
    if (op.pad_top >= op.kernel_h || op.pad_bottom >= op.kernel_h || op.pad_left >= op.kernel_w ||
        op.pad_right >= op.kernel_w) {
      return error(Error::kUnsupportedShape, "padding as large as the window leaves windows of nothing but padding");
    }
    TMC_ASSIGN(const int64_t height,
               window_output(image[axes.height], {op.kernel_h, op.stride_h, 1, op.pad_top, op.pad_bottom}));
    TMC_ASSIGN(const int64_t width,
               window_output(image[axes.width], {op.kernel_w, op.stride_w, 1, op.pad_left, op.pad_right}));
    return std::vector<TensorType>{
        {in[0].dtype, image_shape(op.layout, image[0], height, width, image[axes.channels])}};
  }
};

}  // namespace tmc::ops
