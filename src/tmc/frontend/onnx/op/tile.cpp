// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/tile.hpp"
#include "tmc/frontend/onnx/declared.hpp"
#include "tmc/frontend/onnx/index_map.hpp"

namespace tmc::frontend::onnx_format {

// Repeats that are known at run time only are those that give the declared shape.
Status import_tile(ImportContext& context) {
  if (!context.is_at_run_time(1)) return import_index_map(context);
  TMC_ASSIGN(const Shape shape, context.shape_of(0));
  TMC_ASSIGN(const Shape declared, declared_shape(context, 1, "repeats"));
  ops::Tile op;
  for (int axis = 0; axis < shape.rank(); ++axis) {
    if (declared.rank() != shape.rank() || shape[axis] == 0 || declared[axis] % shape[axis] != 0) {
      return error(Error::kMalformed, "its declared shape is no multiple of its input's");
    }
    op.repeats.push_back(declared[axis] / shape[axis]);
  }
  return import_moved(context, std::move(op));
}

}  // namespace tmc::frontend::onnx_format
