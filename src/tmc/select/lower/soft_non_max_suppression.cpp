// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/soft_non_max_suppression.hpp"

#include "tmc/kernels/contract/soft_non_max_suppression_f32.hpp"
#include "tmc/select/numerics/signal.hpp"

namespace tmc::select {

Status lower_soft_non_max_suppression(Lowering& lowering) {
  const kernels::SoftNonMaxSuppressionF32::Params params{.boxes_elements = elements_of(lowering.input(0)),
                                                         .scores_elements = elements_of(lowering.input(1)),
                                                         .iou_elements = 1,
                                                         .score_elements = 1,
                                                         .sigma_elements = 1,
                                                         .output_elements = elements_of(lowering.output())};
  std::vector<Ref> inputs;
  for (size_t i = 0; i < 5; ++i) inputs.push_back(lowering.input_ref(i));
  return lowering.emit<kernels::SoftNonMaxSuppressionF32>(params, {}, inputs, {lowering.output_ref()});
}

}  // namespace tmc::select
