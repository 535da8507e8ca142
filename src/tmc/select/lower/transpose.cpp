// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/transpose.hpp"

#include "tmc/select/numerics/index_map.hpp"

namespace tmc::select {

Status lower_transpose(Lowering& lowering) {
  const Shape& shape = lowering.input(0).type.shape;
  std::vector<MovedAxis> axes;
  for (const int64_t axis : lowering.node().op.get<ops::Transpose>().perm) {
    const auto from = static_cast<int>(axis);
    axes.push_back({shape[from], shape.elements(from + 1, shape.rank())});
  }
  return emit_index_map(lowering, axes);
}

}  // namespace tmc::select
