// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/stream.hpp"

#include "tmc/ops/op/concat.hpp"
#include "tmc/ops/op/slice.hpp"

namespace tmc::frontend::tflite {

Result<ir::ValueId> after_past(ImportContext& context, ir::ValueId input, int64_t kept) {
  if (kept == 0) return input;
  FileTensor past;
  past.type = context.type(input);
  past.quantization = context.quantization(input);
  const int axis = past.type.shape.rank() - 1;
  const int64_t extent = past.type.shape[axis];
  past.type.shape[axis] = kept;
  const std::string state = context.output_name() + "_past";
  TMC_ASSIGN(const ir::ValueId before, context.variables().read(state, past));
  TMC_ASSIGN(const ir::ValueId stream,
             context.append("_stream", ops::Concat{axis}, {before, input}, past.quantization));
  ops::Slice last = ops::Slice::whole(context.type(stream).shape);
  last.read(axis, extent, kept);
  TMC_ASSIGN(const ir::ValueId after, context.append("_kept", std::move(last), {stream}, past.quantization));
  TMC_TRY(context.variables().write(state, after));
  return stream;
}

ir::ValueId add_integer(ImportContext& context, const char* suffix, int64_t value) {
  return context.graph().add_constant(context.output_name() + suffix, {DType::kI32, Shape()},
                                      integer_data(DType::kI32, std::span(&value, 1)));
}

Result<ir::ValueId> read_integer(ImportContext& context, const char* suffix) {
  FileTensor integer;
  integer.type = {DType::kI32, Shape()};
  return context.variables().read(context.output_name() + suffix, integer);
}

Status write_integer(ImportContext& context, const char* suffix, ir::ValueId value) {
  return context.variables().write(context.output_name() + suffix, value);
}

}  // namespace tmc::frontend::tflite
