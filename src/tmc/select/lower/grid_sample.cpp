// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/grid_sample.hpp"

#include "tmc/kernels/contract/grid_sample_f32.hpp"
#include "tmc/select/numerics/signal.hpp"

namespace tmc::select {

Status lower_grid_sample(Lowering& lowering) {
  using Kernel = kernels::GridSampleF32;
  const auto& op = lowering.node().op.get<ops::GridSample>();
  const Shape &image = lowering.input(0).type.shape, &output = lowering.output().type.shape;
  const int axes = image.rank() - 2;
  Kernel::Params p{.input_elements = elements_of(lowering.input(0)),
                   .grid_elements = elements_of(lowering.input(1)),
                   .output_elements = elements_of(lowering.output()),
                   .items = static_cast<int32_t>(image[0]),
                   .channels = static_cast<int32_t>(image[1]),
                   .image = {1, 1, 1},
                   .places = {1, 1, 1},
                   .axes = axes,
                   .mode = op.mode == "nearest" ? Kernel::kNearest
                           : op.mode == "cubic" ? Kernel::kCubic
                                                : Kernel::kLinear,
                   .outside = op.padding == "zeros"    ? Kernel::kZeros
                              : op.padding == "border" ? Kernel::kBorder
                                                       : Kernel::kReflection,
                   .corners = op.align_corners ? 1 : 0};
  for (int axis = 0; axis < axes; ++axis) {
    p.image[3 - axes + axis] = static_cast<int32_t>(image[2 + axis]);
    p.places[3 - axes + axis] = static_cast<int32_t>(output[2 + axis]);
  }
  return lowering.emit<Kernel>(p, {}, {lowering.input_ref(0), lowering.input_ref(1)}, {lowering.output_ref()});
}

}  // namespace tmc::select
