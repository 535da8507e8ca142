// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct SoftNonMaxSuppression {
  static constexpr const char* kName = "soft_non_max_suppression";
  static constexpr const char* kDoc =
      "Boxes of one class that stand out among those that overlap them, by falling scores (TFLite "
      "NON_MAX_SUPPRESSION_V4 and V5). Inputs, all f32: boxes [boxes, 4] as opposite corners; scores [boxes]; of one "
      "element each: the overlap from which on a box is left out, the score above which one is looked at, and sigma, "
      "by "
      "which scores fall with the overlap where it is above 0 (Bodla et al., Soft-NMS, 2017). Output: f32 [2 * rows + "
      "1], how many are taken, their places, and their scores, each with zeros behind the last.";
  static constexpr int64_t kMostBoxes = 1 << 24;

  int64_t rows = 1;

  static constexpr auto fields() { return std::tuple{Field{"rows", &SoftNonMaxSuppression::rows}}; }

  static Inferred infer(const SoftNonMaxSuppression& op, const InferInputs& in) {
    TMC_TRY(check_inputs(in, 5, 5));
    for (size_t i = 0; i < 5; ++i) {
      if (in[i].dtype != DType::kF32) return error(Error::kUnsupportedType, "input {} is not f32", i);
      if (i > 1 && in[i].shape.elements() != 1) return error(Error::kMalformed, "input {} is not one number", i);
    }
    TMC_TRY(check_rank(in[0], 2, "input of boxes"));
    TMC_TRY(check_rank(in[1], 1, "input of scores"));
    if (in[0].shape[1] != 4 || in[0].shape[0] != in[1].shape[0] || in[1].shape[0] > kMostBoxes) {
      return error(Error::kMalformed, "its boxes are [{}, {}] for {} scores", in[0].shape[0], in[0].shape[1],
                   in[1].shape[0]);
    }
    if (op.rows < 1 || op.rows > kMostBoxes) return error(Error::kUnsupportedShape, "it takes {} boxes", op.rows);
    return std::vector<TensorType>{{DType::kF32, Shape::of(2 * op.rows + 1)}};
  }
};

}  // namespace tmc::ops
