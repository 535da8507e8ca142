// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/frontend/onnx/run_time.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/where.hpp"

namespace tmc::frontend::onnx_format {

namespace {

// How far each element lies above the diagonal is known; with which of them the triangle begins is not.
Status import_trilu_at_run_time(ImportContext& context, ir::ValueId input, bool upper) {
  const ops::TensorType type = context.type(input);
  if (type.shape.rank() < 2) return error(Error::kMalformed, "its input has rank {}", type.shape.rank());
  TMC_ASSIGN(ir::ValueId diagonal, integers_of(context, 1, "diagonal"));
  TMC_ASSIGN(diagonal, reshaped(context, "_scalar_diagonal", diagonal, Shape()));
  TMC_ASSIGN(const ir::ValueId rows, append_numbers(context, "_rows", type.shape.back(1), 0, 2));
  TMC_ASSIGN(const ir::ValueId columns, append_numbers(context, "_columns", type.shape.back(0), 1, 2));
  TMC_ASSIGN(const ir::ValueId above, context.append("_above", ops::Sub{}, {columns, rows}));
  const ops::AnyOp compares = upper ? ops::AnyOp(ops::GreaterOrEqual{}) : ops::AnyOp(ops::LessOrEqual{});
  TMC_ASSIGN(const ir::ValueId triangle, context.append("_triangle", compares, {above, diagonal}));
  return context.finish(ops::Where{}, {triangle, input, append_zero(context, type.dtype)});
}

}  // namespace

// One triangle of each matrix, from a diagonal on; the rest is 0.
Status import_trilu(ImportContext& context) {
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  TMC_ASSIGN(const int64_t upper, context.attributes().integer("upper", 1));
  if (context.is_at_run_time(1)) return import_trilu_at_run_time(context, input, upper != 0);
  int64_t diagonal = 0;
  if (context.has_input(1)) {
    TMC_ASSIGN(const std::vector<int64_t> given, context.constant_ints(1, "diagonal"));
    if (given.size() == 1) diagonal = given.front();
  }
  const ops::TensorType type = context.type(input);
  const int rank = type.shape.rank();
  if (rank < 2) return error(Error::kMalformed, "its input has rank {}", rank);
  const int64_t rows = type.shape.back(1);
  const int64_t columns = type.shape.back(0);
  TMC_TRY(context.budget().take_computed({DType::kBool, Shape::of(rows, columns)}));
  std::vector<uint8_t> keeps;
  for (int64_t row = 0; row < rows; ++row) {
    for (int64_t column = 0; column < columns; ++column) {
      const int64_t above = column - row;
      keeps.push_back((upper != 0 ? above >= diagonal : above <= diagonal) ? 1 : 0);
    }
  }
  const ir::ValueId triangle =
      context.graph().add_constant(context.output_name() + "_triangle", {DType::kBool, Shape::of(rows, columns)},
                                   ir::TensorData::of(std::span<const uint8_t>(keeps)));
  return context.finish(ops::Where{}, {triangle, input, append_zero(context, type.dtype)});
}

}  // namespace tmc::frontend::onnx_format
