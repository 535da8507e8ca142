// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/declared.hpp"
#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/ops/op/matmul.hpp"
#include "tmc/ops/op/reshape.hpp"

namespace tmc::frontend::onnx_format {

namespace {

// [n, places along each axis]; where the size is computed at run time, as the file declares the output.
Result<Shape> grid_places(ImportContext& context) {
  if (context.is_at_run_time(1)) {
    TMC_ASSIGN(const Shape declared, declared_shape(context, 1, "size"));
    Shape places;
    for (int axis = 0; axis + 1 < declared.rank(); ++axis) places.push_back(declared[axis]);
    return places;
  }
  TMC_ASSIGN(const std::vector<int64_t> size, context.constant_ints(1, "size"));
  if (size.size() < 4) return error(Error::kMalformed, "its size has {} extents", size.size());
  std::vector<int64_t> extents = {size[0]};  // the channels say nothing
  extents.insert(extents.end(), size.begin() + 2, size.end());
  return read_extents(extents);
}

// Of one axis, from -1 to 1.
Result<float> coordinate(int64_t at, int64_t extent, bool corners) {
  const auto place = static_cast<double>(at), places = static_cast<double>(extent);
  if (!corners) return static_cast<float>((2 * place + 1) / places - 1);
  if (extent > 1) return static_cast<float>(2 * place / (places - 1) - 1);
  return error(Error::kUnsupportedShape, "an axis of one place has no corners to align");
}

}  // namespace

// A matrix of each item times the places of a grid, of which x is the first coordinate, and a 1 behind them.
Status import_affine_grid(ImportContext& context) {
  TMC_ASSIGN(const int64_t corners, context.attributes().integer("align_corners", 0));
  TMC_ASSIGN(const ir::ValueId theta, context.input(0));
  TMC_ASSIGN(const Shape places, grid_places(context));
  const int axes = places.rank() - 1;
  const Shape& matrix = context.type(theta).shape;
  if ((axes != 2 && axes != 3) || matrix != Shape::of(places[0], axes, axes + 1)) {
    return error(Error::kMalformed, "its matrices do not fit a grid of {} axes", axes);
  }
  const int64_t count = places.elements(1, places.rank());
  const Shape base = Shape::of(1, count, axes + 1);
  TMC_TRY(context.budget().take_computed({DType::kF32, base}));
  std::vector<float> coordinates;
  for (int64_t i = 0; i < count; ++i) {
    int64_t rest = i;
    for (int axis = axes; axis > 0; --axis) {
      TMC_ASSIGN(coordinates.emplace_back(), coordinate(rest % places[axis], places[axis], corners != 0));
      rest /= places[axis];
    }
    coordinates.push_back(1);
  }
  TMC_ASSIGN(const ir::ValueId grid, append_reals(context, "_places", base, coordinates));
  TMC_ASSIGN(const ir::ValueId moved, context.append("_moved", ops::Matmul{.transpose_b = true}, {grid, theta}));
  std::vector<int64_t> extents(places.begin(), places.end());
  extents.push_back(axes);
  return context.finish(ops::Reshape{std::move(extents)}, {moved});
}

}  // namespace tmc::frontend::onnx_format
