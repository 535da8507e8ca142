// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct RoiAlign {
  static constexpr const char* kName = "roi_align";
  static constexpr const char* kDoc =
      "Regions of images, resized by linear weights (ONNX RoiAlign; He et al., Mask R-CNN, 2017). Inputs: x f32 [n, c, "
      "h, "
      "w]; regions f32 [r, 4] as x1, y1, x2, y2, in pixels once they are times `scale`; the batch item of each, i64 "
      "[r]. "
      "A bin of the output is the mean, or with `max` the greatest, of `samples` times `samples` places of the region, "
      "or "
      "with 0 of one for each pixel. With half_pixel coordinates are those of pixels' middles; without it a region is "
      "at "
      "least a pixel large. Output: f32 [r, c, out_h, out_w].";
  static constexpr int64_t kMostSamples = 256;

  int64_t out_h = 1;
  int64_t out_w = 1;
  int64_t samples = 0;
  double scale = 1;
  bool max = false;
  bool half_pixel = true;

  static constexpr auto fields() {
    return std::tuple{Field{"out_h", &RoiAlign::out_h},     Field{"out_w", &RoiAlign::out_w},
                      Field{"samples", &RoiAlign::samples}, Field{"scale", &RoiAlign::scale},
                      Field{"max", &RoiAlign::max},         Field{"half_pixel", &RoiAlign::half_pixel}};
  }

  static Inferred infer(const RoiAlign& op, const InferInputs& in) {
    TMC_TRY(check_inputs(in, 3, 3));
    TMC_TRY(check_rank(in[0], 4, "image"));
    TMC_TRY(check_rank(in[1], 2, "input of regions"));
    TMC_TRY(check_rank(in[2], 1, "input of batch items"));
    if (in[0].dtype != DType::kF32 || in[1].dtype != DType::kF32 || in[2].dtype != DType::kI64) {
      return error(Error::kUnsupportedType, "its image and its regions are not f32, or the batch items not i64");
    }
    const int64_t regions = in[1].shape[0];
    if (in[1].shape[1] != 4 || in[2].shape[0] != regions) {
      return error(Error::kMalformed, "its regions are [{}, {}], with {} batch items", regions, in[1].shape[1],
                   in[2].shape[0]);
    }
    if (op.out_h < 1 || op.out_w < 1 || op.out_h > INT32_MAX || op.out_w > INT32_MAX || op.samples < 0 ||
        op.samples > kMostSamples) {
      return error(Error::kUnsupportedShape, "its output is [{}, {}], of {} samples", op.out_h, op.out_w, op.samples);
    }
    return std::vector<TensorType>{{DType::kF32, Shape::of(regions, in[0].shape[1], op.out_h, op.out_w)}};
  }
};

}  // namespace tmc::ops
