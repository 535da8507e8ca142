// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/detection_post_process.hpp"

#include "tmc/kernels/contract/detection_post_process.hpp"
#include "tmc/select/numerics/affine.hpp"
#include "tmc/select/numerics/signal.hpp"

namespace tmc::select {

Status lower_detection_post_process(Lowering& lowering) {
  const auto& op = lowering.node().op.get<ops::DetectionPostProcess>();
  const Shape &boxes = lowering.input(0).type.shape, &scores = lowering.input(1).type.shape;
  kernels::DetectionPostProcess::Params p{};
  const auto set_real = [&](size_t input, int32_t& dtype, float& scale, int32_t& zero) -> Status {
    const ir::Value& value = lowering.input(input);
    dtype = static_cast<int32_t>(value.type.dtype);
    if (value.type.dtype == DType::kF32) return {};
    TMC_ASSIGN(const Affine affine, affine_of(value));
    scale = affine.scale;
    zero = affine.zero_point;
    return {};
  };
  TMC_TRY(set_real(0, p.boxes_dtype, p.boxes_scale, p.boxes_zero));
  TMC_TRY(set_real(1, p.scores_dtype, p.scores_scale, p.scores_zero));
  TMC_TRY(set_real(2, p.anchors_dtype, p.anchors_scale, p.anchors_zero));
  p.boxes_elements = elements_of(lowering.input(0));
  p.scores_elements = elements_of(lowering.input(1));
  p.anchors_elements = elements_of(lowering.input(2));
  p.output_elements = elements_of(lowering.output());
  p.count = static_cast<int32_t>(boxes[1]);
  p.coordinates = static_cast<int32_t>(boxes[2]);
  p.columns = static_cast<int32_t>(scores[2]);
  p.classes = static_cast<int32_t>(op.classes);
  p.detections = static_cast<int32_t>(op.detections);
  p.classes_each = static_cast<int32_t>(op.classes_each);
  p.each_class = static_cast<int32_t>(op.each_class);
  p.regular = op.regular ? 1 : 0;
  const double scales[] = {op.y_scale, op.x_scale, op.h_scale, op.w_scale};
  for (size_t i = 0; i < 4; ++i) p.scales[i] = static_cast<float>(scales[i]);
  p.score_threshold = static_cast<float>(op.score_threshold);
  p.overlap_threshold = static_cast<float>(op.overlap_threshold);
  return lowering.emit<kernels::DetectionPostProcess>(
      p, {}, {lowering.input_ref(0), lowering.input_ref(1), lowering.input_ref(2)}, {lowering.output_ref()});
}

}  // namespace tmc::select
