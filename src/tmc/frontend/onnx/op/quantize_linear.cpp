// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/linear_quantization.hpp"
#include "tmc/ops/op/quantize.hpp"

namespace tmc::frontend::onnx_format {

namespace {

// The zero point's type, or since opset 21 an attribute's; uint8 where the file says nothing.
Result<DType> output_dtype(const ImportContext& context, const LinearQuantization& parameters) {
  if (parameters.dtype) return *parameters.dtype;
  TMC_ASSIGN(const int32_t given, context.attributes().small_integer("output_dtype", 0));
  if (given == 0) return DType::kU8;
  return read_dtype(given);
}

}  // namespace

Status import_quantize_linear(ImportContext& context) {
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  TMC_ASSIGN(LinearQuantization parameters, read_linear_quantization(context, context.type(input).shape));
  TMC_ASSIGN(DType dtype, output_dtype(context, parameters));
  if (dtype != DType::kI8 && dtype != DType::kU8 && dtype != DType::kI16) {
    return error(Error::kUnsupportedType, "quantisation to {} is not supported", dtype_name(dtype));
  }
  const bool shifted = dtype == DType::kU8;
  if (shifted) {
    dtype = DType::kI8;
    shift_to_signed(parameters.quantization);
  }
  return context.finish(ops::Quantize{.dtype = dtype, .ties_to_even = true}, {input},
                        std::move(parameters.quantization), shifted);
}

}  // namespace tmc::frontend::onnx_format
