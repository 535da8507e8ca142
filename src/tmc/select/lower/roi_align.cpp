// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/roi_align.hpp"

#include "tmc/kernels/contract/roi_align_f32.hpp"
#include "tmc/select/numerics/signal.hpp"

namespace tmc::select {

Status lower_roi_align(Lowering& lowering) {
  const auto& op = lowering.node().op.get<ops::RoiAlign>();
  const Shape& image = lowering.input(0).type.shape;
  const kernels::RoiAlignF32::Params p{.input_elements = elements_of(lowering.input(0)),
                                       .regions_elements = elements_of(lowering.input(1)),
                                       .item_elements = elements_of(lowering.input(2)),
                                       .output_elements = elements_of(lowering.output()),
                                       .items = static_cast<int32_t>(image[0]),
                                       .channels = static_cast<int32_t>(image[1]),
                                       .height = static_cast<int32_t>(image[2]),
                                       .width = static_cast<int32_t>(image[3]),
                                       .out_height = static_cast<int32_t>(op.out_h),
                                       .out_width = static_cast<int32_t>(op.out_w),
                                       .samples = static_cast<int32_t>(op.samples),
                                       .max = op.max ? 1 : 0,
                                       .whole = op.half_pixel ? 0 : 1,
                                       .scale = static_cast<float>(op.scale),
                                       .offset = op.half_pixel ? 0.5F : 0.0F};
  return lowering.emit<kernels::RoiAlignF32>(
      p, {}, {lowering.input_ref(0), lowering.input_ref(1), lowering.input_ref(2)}, {lowering.output_ref()});
}

}  // namespace tmc::select
