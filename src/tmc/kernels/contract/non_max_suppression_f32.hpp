// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Boxes that stand out among those that overlap them (ONNX NonMaxSuppression). Of each class of each batch item boxes
// are taken by falling scores, of equal ones the first, as long as fewer than limit[0] are; left out are those whose
// score is not above score[0], and those that have more than iou[0] of an area in common with one that is taken. A
// score[0] that is no number leaves out none but scores that are no number.
//
// boxes [batch, boxes, 4] are two opposite corners (y1, x1, y2, x2) in any order, or with `centre` (x, y, width,
// height); scores [batch, classes, boxes]. The output [rows, 3] has a row for each box taken: its batch item, its
// class and its place, in this order of items and classes. Rows behind the last are -1; what does not fit is left out.
// No model constants.

#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

struct NonMaxSuppressionF32 {
  static constexpr const char* kName = "non_max_suppression_f32";

  static constexpr Access kAccess = Access::kWhole;
  TMC_PARAMS(int32_t boxes_elements, scores_elements, limit_elements, iou_elements, score_elements, output_elements;
             int32_t items, classes, boxes; int32_t centre;)

  struct Buffers {
    const float* boxes;
    const float* scores;
    const int64_t* limit;
    const float* iou;
    const float* score;
    int64_t* output;
    void* scratch;
  };
  static constexpr BufferInfo kBuffers[] = {
      {"boxes", Role::kInput}, {"scores", Role::kInput},  {"limit", Role::kInput},    {"iou", Role::kInput},
      {"score", Role::kInput}, {"output", Role::kOutput}, {"scratch", Role::kScratch}};
};

}  // namespace tmc::kernels
