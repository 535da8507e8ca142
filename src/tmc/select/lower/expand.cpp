// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/expand.hpp"

#include "tmc/select/numerics/index_map.hpp"

namespace tmc::select {

Status lower_expand(Lowering& lowering) {
  const Shape& input = lowering.input(0).type.shape;
  const Shape& output = lowering.output().type.shape;
  std::vector<MovedAxis> axes;
  for (int axis = 0; axis < output.rank(); ++axis) {
    const int from = axis - (output.rank() - input.rank());
    const bool repeats = from < 0 || input[from] == 1;
    axes.push_back({output[axis], repeats ? 0 : input.elements(from + 1, input.rank())});
  }
  return emit_index_map(lowering, axes);
}

}  // namespace tmc::select
