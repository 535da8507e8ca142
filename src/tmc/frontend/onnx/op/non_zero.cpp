// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "tmc/frontend/onnx/bounded.hpp"
#include "tmc/frontend/onnx/run_time.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/cast.hpp"

namespace tmc::frontend::onnx_format {

// Places come first when elements are sorted by whether they are zero. Those behind the last are -1.
Status import_non_zero(ImportContext& context) {
  if (!context.is_at_run_time(0)) {
    return error(Error::kUnsupportedOp, "the places of a constant's elements are not computed")
        .with_hint("fold the model's constants, as onnxsim does");
  }
  TMC_ASSIGN(Room room, room_of(context, 0, "input", 1));
  TMC_ASSIGN(ir::ValueId value, context.input(0));
  const Shape shape = context.type(value).shape;
  const Shape* declared = room.is_bound ? nullptr : context.declared_shape(0);
  if (shape.rank() < 1 || (declared != nullptr && (declared->rank() != 2 || (*declared)[0] != shape.rank()))) {
    return error(Error::kMalformed, "its declared shape does not fit its input");
  }
  if (room.is_bound) room.places = std::min(room.places, shape.elements());
  TMC_ASSIGN(value, reshaped(context, "_flat", value, Shape::of(shape.elements())));
  TMC_ASSIGN(const ir::ValueId truths, context.append("_is_not_zero", ops::Cast{DType::kBool}, {value}));
  TMC_ASSIGN(value, places_of(context, "_places", truths, room.places));
  // The place in row-major order, by the axis.
  std::vector<int64_t> strides, extents;
  for (int axis = 0; axis < shape.rank(); ++axis) {
    strides.push_back(shape.elements(axis + 1, shape.rank()));
    extents.push_back(shape[axis]);
  }
  const Shape column = Shape::of(shape.rank(), 1);
  TMC_ASSIGN(const ir::ValueId by_strides, append_integers(context, "_strides", column, strides));
  TMC_ASSIGN(const ir::ValueId by_extents, append_integers(context, "_extents", column, extents));
  TMC_ASSIGN(value, context.append("_quotients", ops::Div{}, {value, by_strides}));
  if (!room.is_bound) return context.finish(ops::Mod{}, {value, by_extents});
  TMC_ASSIGN(value, context.append("_indices", ops::Mod{}, {value, by_extents}));
  TMC_ASSIGN(const ir::ValueId count, count_of(context, "_found", truths));
  TMC_ASSIGN(const ir::ValueId counts, first_places(context, "_counts", count, room.places));
  TMC_ASSIGN(value, filled_behind(context, "_filled", value, 1, counts, -1));
  TMC_TRY(context.finish_count(0, count));
  return finish_copy(context, 0, value);
}

}  // namespace tmc::frontend::onnx_format
