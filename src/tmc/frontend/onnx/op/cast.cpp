// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/ops/op/dequantize.hpp"

namespace tmc::frontend::onnx_format {

// Numbers keep their value; float16 becomes float32 where the graph reads it, so that weights may stay float16.
Status import_cast(ImportContext& context) {
  TMC_ASSIGN(const int32_t wanted, context.attributes().small_integer("to", 0));
  TMC_ASSIGN(const DType to, read_dtype(wanted));
  TMC_ASSIGN(const FileTensor* input, context.tensor(0));
  const DType from = input->constant ? input->constant->type.dtype : context.type(input->value).dtype;
  if (from == to) return import_pass_through(context);
  if (from == DType::kF16 && to == DType::kF32) return import_unary(context, ops::Dequantize{});
  if (!input->constant) {
    return error(Error::kUnsupportedOp, "a cast from {} to {} at run time is not covered", dtype_name(from),
                 dtype_name(to));
  }
  const Unary same = [](double value) { return value; };
  const Unary truth = [](double value) { return value != 0 ? 1.0 : 0.0; };
  TMC_ASSIGN(Constant cast, map_constant(context.budget(), *input->constant, to, to == DType::kBool ? truth : same));
  return context.finish_as(std::move(cast));
}

}  // namespace tmc::frontend::onnx_format
