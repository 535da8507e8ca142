// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/ops/op/where.hpp"

namespace tmc::frontend::onnx_format {

// One triangle of each matrix, from a diagonal on; the rest is 0.
Status import_trilu(ImportContext& context) {
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  TMC_ASSIGN(const int64_t upper, context.attributes().integer("upper", 1));
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
  const ir::ValueId zero =
      context.graph().add_constant(context.output_name() + "_zero", {type.dtype, Shape()},
                                   ir::TensorData(std::vector<std::byte>(dtype_bytes(type.dtype))));
  return context.finish(ops::Where{}, {triangle, input, zero});
}

}  // namespace tmc::frontend::onnx_format
