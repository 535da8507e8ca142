// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/index_map.hpp"
#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/frontend/onnx/structured.hpp"
#include "tmc/ops/op/cast.hpp"
#include "tmc/ops/op/gather.hpp"
#include "tmc/ops/op/reshape.hpp"

namespace tmc::frontend::onnx_format {

namespace {

using ir::ValueId;

// Labels by a class that is computed: a table of one row, and indices.
Status extract_at_run_time(ImportContext& context, const Shape& shape) {
  if (shape.elements() != shape.back()) {
    return error(Error::kUnsupportedOp, "its indices ('{}') are computed at run time, for more than one row",
                 context.input_name(1))
        .with_hint("look the features up outside of the model: cut it off behind this node");
  }
  TMC_ASSIGN(const ValueId given, context.input(0));
  TMC_ASSIGN(ValueId table, context.append("_table", ops::Reshape{{shape.back()}}, {given}));
  const DType dtype = context.type(table).dtype;
  if (dtype == DType::kI32) {
    TMC_ASSIGN(table, context.append("_wide_table", ops::Cast{DType::kI64}, {table}));
  } else if (dtype != DType::kF32 && dtype != DType::kI64) {
    return error(Error::kUnsupportedType, "its table is {}", dtype_name(dtype)).with_hint("store it as int64");
  }
  TMC_ASSIGN(ValueId index, context.input(1));
  TMC_ASSIGN(index, as_dtype(context, "_index", index, DType::kI64));
  TMC_ASSIGN(ValueId found, look_up(context, "_found", index, table));
  TMC_ASSIGN(found, as_dtype(context, "_narrow", found, dtype));
  std::vector<int64_t> extents(shape.begin(), shape.end());
  if (shape.rank() == 1) extents.insert(extents.begin(), 1);
  extents.back() = context.type(index).shape.elements();
  return context.finish(ops::Reshape{extents}, {found});
}

}  // namespace

// Some features of every row, by their indices along the last axis.
Status import_ml_array_feature_extractor(ImportContext& context) {
  TMC_ASSIGN(const Shape shape, context.shape_of(0));
  if (shape.rank() == 0) return error(Error::kMalformed, "its input is a scalar");
  TMC_TRY(context.tensor(1).status());
  if (!context.is_constant(1)) return extract_at_run_time(context, shape);
  TMC_ASSIGN(const std::vector<int64_t> indices, context.constant_ints(1, "indices"));
  ops::Gather gather;
  gather.read(shape.rank() - 1, indices);
  if (shape.rank() > 1) return import_moved(context, gather);
  TMC_ASSIGN(const ValueId input, context.input(0));
  TMC_ASSIGN(const ValueId found, context.append("_found", gather, {input}));
  return context.finish(ops::Reshape{{1, std::ssize(indices)}}, {found});
}

}  // namespace tmc::frontend::onnx_format
