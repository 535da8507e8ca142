// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/non_max_suppression.hpp"

#include "tmc/kernels/contract/non_max_suppression_f32.hpp"
#include "tmc/select/numerics/signal.hpp"

namespace tmc::select {

Status lower_non_max_suppression(Lowering& lowering) {
  const Shape& scores = lowering.input(1).type.shape;
  const kernels::NonMaxSuppressionF32::Params params{
      .boxes_elements = elements_of(lowering.input(0)),
      .scores_elements = elements_of(lowering.input(1)),
      .limit_elements = 1,
      .iou_elements = 1,
      .score_elements = 1,
      .output_elements = elements_of(lowering.output()),
      .items = static_cast<int32_t>(scores[0]),
      .classes = static_cast<int32_t>(scores[1]),
      .boxes = static_cast<int32_t>(scores[2]),
      .centre = lowering.node().op.get<ops::NonMaxSuppression>().centre ? 1 : 0};
  std::vector<Ref> inputs;
  for (size_t i = 0; i < 5; ++i) inputs.push_back(lowering.input_ref(i));
  return lowering.emit<kernels::NonMaxSuppressionF32>(params, {}, inputs, {lowering.output_ref()});
}

}  // namespace tmc::select
