// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/declared.hpp"
#include "tmc/frontend/onnx/run_time.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/cast.hpp"
#include "tmc/ops/op/top_k.hpp"

namespace tmc::frontend::onnx_format {

// How many places there are is declared: they come first when elements are sorted by whether they are zero.
Status import_non_zero(ImportContext& context) {
  if (!context.is_at_run_time(0)) {
    return error(Error::kUnsupportedOp, "the places of a constant's elements are not computed")
        .with_hint("fold the model's constants, as onnxsim does");
  }
  TMC_ASSIGN(const Shape declared, declared_shape(context, 0, "input"));
  TMC_ASSIGN(ir::ValueId value, context.input(0));
  const Shape shape = context.type(value).shape;
  if (declared.rank() != 2 || declared[0] != shape.rank() || shape.rank() < 1) {
    return error(Error::kMalformed, "its declared shape does not fit its input");
  }
  TMC_ASSIGN(value, reshaped(context, "_flat", value, Shape::of(shape.elements())));
  TMC_ASSIGN(value, context.append("_is_not_zero", ops::Cast{DType::kBool}, {value}));
  TMC_ASSIGN(value, context.append("_numbers", ops::Cast{DType::kI32}, {value}));
  TMC_ASSIGN(value, context.append("_places", ops::TopK{0, declared[1], true}, {value}));
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
  return context.finish(ops::Mod{}, {value, by_extents});
}

}  // namespace tmc::frontend::onnx_format
