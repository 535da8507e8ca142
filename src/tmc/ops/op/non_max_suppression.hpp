// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct NonMaxSuppression {
  static constexpr const char* kName = "non_max_suppression";
  static constexpr const char* kDoc =
      "Boxes that stand out among those that overlap them, of each class of each batch item by falling scores (ONNX "
      "NonMaxSuppression). Inputs: boxes f32 [batch, boxes, 4] as opposite corners (y1, x1, y2, x2), or with `centre` "
      "as "
      "(x, y, width, height); scores f32 [batch, classes, boxes]; of one element each: how many of a class are taken "
      "i64, "
      "the overlap above which a box is left out f32, and the score above which one is looked at f32. Output: i64 "
      "[rows, "
      "3], batch item, class and place of each that is taken; -1 in rows behind the last.";
  static constexpr int64_t kMostRows = 1 << 24;

  bool centre = false;
  int64_t rows = 1;

  static constexpr auto fields() {
    return std::tuple{Field{"centre", &NonMaxSuppression::centre}, Field{"rows", &NonMaxSuppression::rows}};
  }

  static Inferred infer(const NonMaxSuppression& op, const InferInputs& in) {
    TMC_TRY(check_inputs(in, 5, 5));
    TMC_TRY(check_rank(in[0], 3, "input of boxes"));
    TMC_TRY(check_rank(in[1], 3, "input of scores"));
    for (const size_t reals : {0U, 1U, 3U, 4U}) {
      if (in[reals].dtype != DType::kF32) return error(Error::kUnsupportedType, "input {} is not f32", reals);
    }
    if (in[2].dtype != DType::kI64) return error(Error::kUnsupportedType, "its limit is not i64");
    const Shape &boxes = in[0].shape, &scores = in[1].shape;
    if (boxes[2] != 4 || boxes[0] != scores[0] || boxes[1] != scores[2]) {
      return error(Error::kMalformed, "its boxes are [{}, {}, {}] for scores [{}, {}, {}]", boxes[0], boxes[1],
                   boxes[2], scores[0], scores[1], scores[2]);
    }
    for (const size_t single : {2U, 3U, 4U}) {
      if (in[single].shape.elements() != 1) return error(Error::kMalformed, "input {} is not one number", single);
    }
    if (op.rows < 1 || op.rows > kMostRows) return error(Error::kUnsupportedShape, "it has {} rows", op.rows);
    return std::vector<TensorType>{{DType::kI64, Shape::of(op.rows, 3)}};
  }
};

}  // namespace tmc::ops
