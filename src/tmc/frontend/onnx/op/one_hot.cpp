// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/base/host/element.hpp"
#include "tmc/frontend/onnx/declared.hpp"
#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/frontend/onnx/run_time.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/where.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::onnx_format {

namespace {

// A number of any type; at run time it is what the declared shape says.
Result<int64_t> read_depth(ImportContext& context, int axis) {
  if (context.is_at_run_time(1)) {
    TMC_ASSIGN(const Shape declared, declared_shape(context, 1, "depth"));
    if (axis >= declared.rank()) return error(Error::kMalformed, "its declared shape has another rank");
    return declared[axis];
  }
  TMC_ASSIGN(const Constant* depth, context.constant(1, "depth"));
  if (depth->type.shape.elements() != 1) return error(Error::kMalformed, "its depth is no scalar");
  const double given = load_element(depth->type.dtype, depth->data.bytes().data());
  if (!(given >= 1 && given <= INT32_MAX)) return error(Error::kUnsupportedShape, "its depth is {}", given);
  return static_cast<int64_t>(given);
}

}  // namespace

// An index below zero counts from the end; one outside stands for nothing. The numbers along the new axis are compared
// with the index, and, less the depth, once more.
Status import_one_hot(ImportContext& context) {
  TMC_ASSIGN(const int64_t given, context.attributes().integer("axis", -1));
  TMC_ASSIGN(ir::ValueId indices, context.input(0));
  const Shape shape = context.type(indices).shape;
  TMC_ASSIGN(const int axis, ops::normalize_axis(given, shape.rank() + 1));
  TMC_ASSIGN(const int64_t depth, read_depth(context, axis));
  TMC_ASSIGN(const ir::ValueId values, context.input(2));
  if (context.type(values).shape != Shape::of(2)) return error(Error::kMalformed, "its values are not two");
  TMC_ASSIGN(const ir::ValueId off, element_of(context, "_off", values, 0, 0));
  TMC_ASSIGN(const ir::ValueId on, element_of(context, "_on", values, 1, 0));
  const DType dtype = context.type(indices).dtype;
  Shape aligned;
  for (int i = 0; i < shape.rank(); ++i) {
    if (i == axis) aligned.push_back(1);
    aligned.push_back(shape[i]);
  }
  if (axis == shape.rank() && !aligned.push_back(1)) return error(Error::kUnsupportedShape, "its rank is too large");
  TMC_ASSIGN(ir::ValueId numbers, append_numbers(context, "_numbers", depth, axis, shape.rank() + 1));
  TMC_ASSIGN(numbers, as_dtype(context, "_numbers_cast", numbers, dtype));
  TMC_ASSIGN(ir::ValueId from_end, append_integers(context, "_depth", Shape(), {depth}));
  TMC_ASSIGN(from_end, as_dtype(context, "_depth_cast", from_end, dtype));
  TMC_ASSIGN(indices, reshaped(context, "_aligned", indices, aligned));
  TMC_ASSIGN(from_end, context.append("_below", ops::Sub{}, {numbers, from_end}));
  TMC_ASSIGN(const ir::ValueId is_it, context.append("_is_it", ops::Equal{}, {indices, numbers}));
  TMC_ASSIGN(const ir::ValueId is_from_end, context.append("_is_from_end", ops::Equal{}, {indices, from_end}));
  TMC_ASSIGN(const ir::ValueId either, context.append("_either", ops::LogicalOr{}, {is_it, is_from_end}));
  return context.finish(ops::Where{}, {either, on, off});
}

}  // namespace tmc::frontend::onnx_format
