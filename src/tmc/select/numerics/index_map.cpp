// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/select/numerics/index_map.hpp"

#include <algorithm>

#include "tmc/kernels/contract/copy.hpp"
#include "tmc/kernels/contract/transpose.hpp"
#include "tmc/select/numerics/move.hpp"

namespace tmc::select {
namespace {

// Extents of 1 are left out, and axes that stay neighbours are one.
std::vector<MovedAxis> folded(const std::vector<MovedAxis>& axes) {
  std::vector<MovedAxis> result;
  for (const MovedAxis& axis : axes) {
    if (axis.extent == 1) continue;
    if (!result.empty() && result.back().stride == axis.stride * axis.extent) {
      result.back() = {result.back().extent * axis.extent, axis.stride};
    } else {
      result.push_back(axis);
    }
  }
  return result;
}

Status emit_rows(Lowering& lowering, const std::vector<MovedAxis>& axes) {
  const int32_t bytes = element_bytes(lowering.input(0));
  const auto row_bytes = static_cast<int32_t>(axes[1].extent) * bytes;
  return lowering.emit<kernels::Copy>({.rows = static_cast<int32_t>(axes[0].extent),
                                       .row_bytes = row_bytes,
                                       .input_stride = static_cast<int32_t>(axes[0].stride) * bytes,
                                       .output_stride = row_bytes},
                                      {}, {lowering.input_ref(0)}, {lowering.output_ref()});
}

Status emit_elements(Lowering& lowering, const std::vector<MovedAxis>& axes) {
  kernels::Transpose::Params p{};
  constexpr size_t kAxes = std::size(decltype(p.extents){});
  if (axes.size() > kAxes) {
    return error(Error::kUnsupportedShape, "moves {} axes, the kernel takes {}", axes.size(), kAxes)
        .remedied_by("split it into two");
  }
  p.element_bytes = element_bytes(lowering.input(0));
  std::ranges::fill(p.extents, 1);
  for (size_t i = 0; i < axes.size(); ++i) {
    const size_t axis = kAxes - axes.size() + i;
    p.extents[axis] = static_cast<int32_t>(axes[i].extent);
    p.strides[axis] = static_cast<int32_t>(axes[i].stride);
  }
  return lowering.emit<kernels::Transpose>(p, {}, {lowering.input_ref(0)}, {lowering.output_ref()});
}

}  // namespace

Status emit_index_map(Lowering& lowering, const std::vector<MovedAxis>& axes) {
  const std::vector<MovedAxis> moved = folded(axes);
  if (moved.empty() || (moved.size() == 1 && moved[0].stride == 1)) return emit_reshape(lowering);
  const bool in_rows = moved.size() == 2 && moved[1].stride == 1;
  TMC_TRY(in_rows ? emit_rows(lowering, moved) : emit_elements(lowering, moved));
  return follow_quantization(lowering);
}

}  // namespace tmc::select
