// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct Conv2d {
  static constexpr const char* kName = "conv2d";
  static constexpr const char* kDoc =
      "Two-dimensional convolution (cross-correlation). Inputs: image [n, h, w, c] (or [n, c, h, w] with "
      "layout nchw), weights [out_c, kernel_h, kernel_w, c / groups] (nchw: [out_c, c / groups, kernel_h, "
      "kernel_w]), optional bias [out_c]. Output: image with out_c channels. A depthwise convolution has "
      "groups = c. Padding holds zero, in a quantised image its zero point. Per-axis weights are quantised "
      "along axis 0. A float image meets float32 or float16 weights, or int8 ones (a hybrid layer): then it is "
      "quantised to int8 at run time, each batch item in its own scale, with a zero point only where "
      "asymmetric_quantize_inputs says so. With planar_input the image alone is [n, c, h, w] where layout is "
      "nhwc: what a camera or an NCHW model hands in is then read as it lies.";

  int32_t stride_h = 1;
  int32_t stride_w = 1;
  int32_t dilation_h = 1;
  int32_t dilation_w = 1;
  int32_t pad_top = 0;
  int32_t pad_left = 0;
  int32_t pad_bottom = 0;
  int32_t pad_right = 0;
  int32_t groups = 1;
  bool asymmetric_quantize_inputs = false;
  bool planar_input = false;
  Activation activation = Activation::kNone;
  Layout layout = Layout::kNhwc;

  static constexpr auto fields() {
    return std::tuple{Field{"stride_h", &Conv2d::stride_h},
                      Field{"stride_w", &Conv2d::stride_w},
                      Field{"dilation_h", &Conv2d::dilation_h},
                      Field{"dilation_w", &Conv2d::dilation_w},
                      Field{"pad_top", &Conv2d::pad_top},
                      Field{"pad_left", &Conv2d::pad_left},
                      Field{"pad_bottom", &Conv2d::pad_bottom},
                      Field{"pad_right", &Conv2d::pad_right},
                      Field{"groups", &Conv2d::groups},
                      Field{"asymmetric_quantize_inputs", &Conv2d::asymmetric_quantize_inputs},
                      Field{"planar_input", &Conv2d::planar_input},
                      Field{"activation", &Conv2d::activation},
                      Field{"layout", &Conv2d::layout}};
  }

  static Inferred infer(const Conv2d& op, const InferInputs& in) {
    TMC_TRY(check_inputs(in, 2, 3));
    TMC_TRY(check_rank(in[0], 4, "image"));
    TMC_TRY(check_rank(in[1], 4, "weights"));
    const ImageAxes axes = image_axes(op.layout);
    // The image in the layout of weights and output.
    const Shape& given = in[0].shape;
    const bool planar = op.planar_input && op.layout == Layout::kNhwc;
    const Shape image = planar ? Shape::of(given[0], given[2], given[3], given[1]) : given;
    const Shape& weights = in[1].shape;
    const int64_t channels = image[axes.channels];
    const int64_t out_channels = weights[0];
    if (op.groups < 1 || channels % op.groups != 0 || out_channels % op.groups != 0 ||
        weights[axes.channels] != channels / op.groups) {
      return error(Error::kMalformed, "{} channels in {} groups do not match weights for {} channels to {}", channels,
                   op.groups, weights[axes.channels], out_channels);
    }
    if (in.has(2) && in[2].shape.elements() != out_channels) {
      return error(Error::kMalformed, "bias has {} elements for {} channels", in[2].shape.elements(), out_channels);
    }
    TMC_ASSIGN(const int64_t height, window_output(image[axes.height], {weights[axes.height], op.stride_h,
                                                                        op.dilation_h, op.pad_top, op.pad_bottom}));
    TMC_ASSIGN(const int64_t width, window_output(image[axes.width], {weights[axes.width], op.stride_w, op.dilation_w,
                                                                      op.pad_left, op.pad_right}));
    return std::vector<TensorType>{{in[0].dtype, image_shape(op.layout, image[0], height, width, out_channels)}};
  }

  static int64_t macs(const Conv2d&, const InferInputs& in, std::span<const TensorType> outputs) {
    return outputs[0].shape.elements() * in[1].shape.elements(1, 4);
  }
};

}  // namespace tmc::ops
