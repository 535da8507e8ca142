// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The detections of a single-shot detector (TFLite_Detection_PostProcess), as LiteRT makes them of the same numbers.
// Box i is decoded from boxes [count, coordinates], of which the first four count, and anchors [count, 4], both (y, x,
// height, width): its centre is y / scales[0] * anchor height + anchor y, half its height exp(h / scales[2]) * anchor
// height / 2, in double, and alike along x. scores [count, columns] are of `classes` classes, before which there is one
// of the background where columns = classes + 1.
//
// Boxes whose score is at least score_threshold are taken by falling scores, of equal ones the first; left out are
// those that have more than overlap_threshold of an area in common with one that is taken. With `regular` = 0 that is
// done once, by the greatest score of each box, for `detections` boxes, each of which then has its `classes_each`
// greatest classes. With 1 it is done for each class, for `each_class` boxes, and the `detections` greatest of all are
// kept, of equal ones that of the first class.
//
// Operands are f32 or i8 of the DType NAME_dtype; an i8 one stands for NAME_scale * (q - NAME_zero). The output, all
// f32: boxes [rows, 4] as top, left, bottom, right; classes [rows]; scores [rows]; how many boxes were taken; rows =
// detections * classes_each. What is behind those is 0. No model constants.

#include "tmc/base/dtype.hpp"
#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

struct DetectionPostProcess {
  static constexpr const char* kName = "detection_post_process";

  static constexpr Access kAccess = Access::kWhole;
  TMC_PARAMS(int32_t boxes_elements, scores_elements, anchors_elements, output_elements;
             int32_t boxes_dtype, scores_dtype, anchors_dtype; int32_t count, coordinates, columns, classes;
             int32_t detections, classes_each, each_class, regular; int32_t boxes_zero, scores_zero, anchors_zero;
             float boxes_scale, scores_scale, anchors_scale; float scales[4]; float score_threshold, overlap_threshold;)

  struct Buffers {
    const void* boxes;
    const void* scores;
    const void* anchors;
    float* output;
    void* scratch;
  };
  static constexpr BufferInfo kBuffers[] = {{"boxes", Role::kInput},
                                            {"scores", Role::kInput},
                                            {"anchors", Role::kInput},
                                            {"output", Role::kOutput},
                                            {"scratch", Role::kScratch}};
};

}  // namespace tmc::kernels
