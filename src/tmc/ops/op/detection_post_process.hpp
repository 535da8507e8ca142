// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct DetectionPostProcess {
  static constexpr const char* kName = "detection_post_process";
  static constexpr const char* kDoc =
      "The detections of a single-shot detector (TFLite_Detection_PostProcess). Inputs, f32 or quantised i8: boxes [1, "
      "n, "
      "coordinates] relative to their anchors, of which the first four count, as y, x, height and width in units of "
      "the "
      "*_scale; scores [1, n, classes], or with a background in front [1, n, classes + 1]; anchors [n, 4]. With "
      "`regular` boxes stand out among those that overlap them class by class, `each_class` of each, else by their "
      "greatest scores, with their `classes_each` greatest classes. Output: f32 [6 * rows + 1], where rows = "
      "detections "
      "* classes_each: corners [rows, 4], classes [rows], scores [rows], zeros behind the last, and how many boxes "
      "there are.";
  static constexpr int64_t kMost = 1 << 16;  // of each count

  int64_t classes = 1;
  int64_t detections = 1;
  int64_t classes_each = 1;
  int64_t each_class = 100;
  bool regular = false;
  double y_scale = 1;
  double x_scale = 1;
  double h_scale = 1;
  double w_scale = 1;
  double score_threshold = 0;
  double overlap_threshold = 0.5;

  static constexpr auto fields() {
    using Op = DetectionPostProcess;
    return std::tuple{Field{"classes", &Op::classes},
                      Field{"detections", &Op::detections},
                      Field{"classes_each", &Op::classes_each},
                      Field{"each_class", &Op::each_class},
                      Field{"regular", &Op::regular},
                      Field{"y_scale", &Op::y_scale},
                      Field{"x_scale", &Op::x_scale},
                      Field{"h_scale", &Op::h_scale},
                      Field{"w_scale", &Op::w_scale},
                      Field{"score_threshold", &Op::score_threshold},
                      Field{"overlap_threshold", &Op::overlap_threshold}};
  }

  int64_t rows() const { return detections * classes_each; }

  static Inferred infer(const DetectionPostProcess& op, const InferInputs& in) {
    TMC_TRY(check_inputs(in, 3, 3));
    TMC_TRY(check_rank(in[0], 3, "input of boxes"));
    TMC_TRY(check_rank(in[1], 3, "input of scores"));
    TMC_TRY(check_rank(in[2], 2, "input of anchors"));
    for (size_t i = 0; i < 3; ++i) {
      if (in[i].dtype == DType::kF32 || in[i].dtype == DType::kI8) continue;
      return error(Error::kUnsupportedType, "input {} is neither f32 nor i8", i);
    }
    for (const int64_t count : {op.classes, op.detections, op.classes_each, op.each_class, op.rows()}) {
      if (count < 1 || count > kMost) return error(Error::kUnsupportedShape, "one of its counts is {}", count);
    }
    const Shape &boxes = in[0].shape, &scores = in[1].shape, &anchors = in[2].shape;
    if (boxes[0] != 1 || scores[0] != 1) return error(Error::kUnsupportedShape, "it has {} batch items", boxes[0]);
    const int64_t background = scores[2] - op.classes;
    if (boxes[2] < 4 || anchors[1] != 4 || scores[1] != boxes[1] || anchors[0] != boxes[1] || background < 0 ||
        background > 1) {
      return error(Error::kMalformed, "its boxes [{}, {}], scores [{}, {}] and anchors [{}, {}] do not fit {} classes",
                   boxes[1], boxes[2], scores[1], scores[2], anchors[0], anchors[1], op.classes);
    }
    return std::vector<TensorType>{{DType::kF32, Shape::of(6 * op.rows() + 1)}};
  }
};

}  // namespace tmc::ops
