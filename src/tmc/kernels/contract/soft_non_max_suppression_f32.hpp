// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Boxes that stand out among those that overlap them, of one class, bit for bit as LiteRT takes them where sigma[0] is
// 0 (NON_MAX_SUPPRESSION_V4 and V5). Boxes whose score is above score[0] are taken by falling scores. One that has
// iou[0] or more of an area in common with one that is taken is left out; with a sigma[0] above 0 a score falls by
// exp(-iou^2 / (2 * sigma[0])) for each that is taken (Bodla et al., Soft-NMS, 2017), and comes again later.
//
// boxes [boxes, 4] are two opposite corners; scores [boxes]. The output is the number of boxes taken, the places of
// `rows` of them, and their scores, as real numbers; places and scores behind the last are 0. At most 2^24 boxes.
// No model constants.

#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

struct SoftNonMaxSuppressionF32 {
  static constexpr const char* kName = "soft_non_max_suppression_f32";
  static constexpr int32_t kMostBoxes = 1 << 24;

  static constexpr Access kAccess = Access::kWhole;
  TMC_PARAMS(int32_t boxes_elements, scores_elements, iou_elements, score_elements, sigma_elements, output_elements;)

  struct Buffers {
    const float* boxes;
    const float* scores;
    const float* iou;
    const float* score;
    const float* sigma;
    float* output;
    void* scratch;
  };
  static constexpr BufferInfo kBuffers[] = {
      {"boxes", Role::kInput}, {"scores", Role::kInput},  {"iou", Role::kInput},      {"score", Role::kInput},
      {"sigma", Role::kInput}, {"output", Role::kOutput}, {"scratch", Role::kScratch}};
};

}  // namespace tmc::kernels
