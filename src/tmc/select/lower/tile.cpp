// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/tile.hpp"

#include "tmc/select/numerics/index_map.hpp"

namespace tmc::select {

Status lower_tile(Lowering& lowering) {
  const Shape& shape = lowering.input(0).type.shape;
  std::vector<MovedAxis> axes;
  for (int axis = 0; axis < shape.rank(); ++axis) {
    axes.push_back({lowering.node().op.get<ops::Tile>().repeats[static_cast<size_t>(axis)], 0});
    axes.push_back({shape[axis], shape.elements(axis + 1, shape.rank())});
  }
  return emit_index_map(lowering, axes);
}

}  // namespace tmc::select
