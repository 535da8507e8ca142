// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/constant_math.hpp"

namespace tmc::frontend::onnx_format {

// Ones along a diagonal of a matrix that is as large as the input, whose elements nobody reads.
Status import_eye_like(ImportContext& context) {
  TMC_ASSIGN(const FileTensor* input, context.tensor(0));
  const ops::TensorType like = input->constant ? input->constant->type : context.type(input->value);
  TMC_ASSIGN(const int32_t given, context.attributes().small_integer("dtype", 0));
  TMC_ASSIGN(const int64_t diagonal, context.attributes().integer("k", 0));
  TMC_ASSIGN(const DType dtype, given == 0 ? Result<DType>(like.dtype) : read_dtype(given));
  if (like.shape.rank() != 2) return error(Error::kMalformed, "its input has rank {}", like.shape.rank());
  TMC_TRY(context.budget().take_computed({DType::kF64, like.shape}));
  std::vector<double> ones;
  for (int64_t row = 0; row < like.shape[0]; ++row) {
    for (int64_t column = 0; column < like.shape[1]; ++column) ones.push_back(column - row == diagonal ? 1 : 0);
  }
  const Constant exact{{DType::kF64, like.shape}, ir::TensorData::of(std::span<const double>(ones))};
  TMC_ASSIGN(Constant eye, map_constant(context.budget(), exact, dtype, [](double value) { return value; }));
  return context.finish_as(std::move(eye));
}

}  // namespace tmc::frontend::onnx_format
