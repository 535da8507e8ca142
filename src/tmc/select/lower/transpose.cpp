// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/transpose.hpp"

#include "tmc/kernels/contract/transpose.hpp"
#include "tmc/select/numerics/move.hpp"

namespace tmc::select {
namespace {

// One axis of the output, with its stride in the input.
struct MovedAxis {
  int64_t extent, stride;
};

// Outermost first; extents of 1 are left out and axes that stay neighbours are one.
std::vector<MovedAxis> moved_axes(const Shape& shape, const std::vector<int64_t>& perm) {
  std::vector<MovedAxis> axes;
  for (const int64_t axis : perm) {
    const auto from = static_cast<int>(axis);
    const int64_t extent = shape[from];
    const int64_t stride = shape.elements(from + 1, shape.rank());
    if (extent == 1) continue;
    if (!axes.empty() && axes.back().stride == stride * extent) {
      axes.back() = {axes.back().extent * extent, stride};
    } else {
      axes.push_back({extent, stride});
    }
  }
  return axes;
}

}  // namespace

Status lower_transpose(Lowering& lowering) {
  const ir::Value& input = lowering.input(0);
  const std::vector<MovedAxis> axes = moved_axes(input.type.shape, lowering.node().op.get<ops::Transpose>().perm);
  if (axes.size() < 2) return emit_reshape(lowering);
  if (axes.size() > 6) {
    return error(Error::kUnsupportedShape, "moves {} axes, the kernel takes 6", axes.size())
        .remedied_by("split it into two");
  }
  kernels::Transpose::Params p{};
  TMC_ASSIGN(p.element_bytes, movable_bytes(input));
  for (int32_t& extent : p.extents) extent = 1;
  for (size_t i = 0; i < axes.size(); ++i) {
    const size_t axis = 6 - axes.size() + i;
    p.extents[axis] = static_cast<int32_t>(axes[i].extent);
    p.strides[axis] = static_cast<int32_t>(axes[i].stride);
  }
  TMC_TRY(lowering.emit<kernels::Transpose>(p, {}, {lowering.input_ref(0)}, {lowering.output_ref()}));
  return follow_quantization(lowering);
}

}  // namespace tmc::select
