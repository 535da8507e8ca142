// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/patterns.hpp"

namespace tmc::frontend::onnx_format {

// Numbers keep their value. Half precision is float32 here, so that a cast to or from it says nothing; a constant stays
// half where it is until the graph reads it.
Status import_cast(ImportContext& context) {
  TMC_ASSIGN(const int32_t wanted, context.attributes().small_integer("to", 0));
  TMC_ASSIGN(DType to, read_dtype(wanted));
  to = widened(to);
  TMC_ASSIGN(const FileTensor* input, context.tensor(0));
  const DType from = widened(input->constant ? input->constant->type.dtype : context.type(input->value).dtype);
  if (from == to) return import_pass_through(context);
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
