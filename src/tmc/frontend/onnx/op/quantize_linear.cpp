// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/elementwise_quantization.hpp"
#include "tmc/frontend/onnx/linear_quantization.hpp"
#include "tmc/ops/op/quantize.hpp"

namespace tmc::frontend::onnx_format {

namespace {

// What the output's elements are: of the zero point's type, or since opset 21 of an attribute's; uint8 where the file
// says nothing.
struct OutputType {
  DType dtype = DType::kU8;
  const NarrowType* narrow = nullptr;
};
Result<OutputType> output_type(ImportContext& context) {
  if (context.has_input(2)) {
    TMC_ASSIGN(const FileTensor* zero_point, context.tensor(2));
    const DType dtype = zero_point->constant ? zero_point->constant->type.dtype : context.type(zero_point->value).dtype;
    return OutputType{dtype, zero_point->narrow};
  }
  TMC_ASSIGN(const int32_t given, context.attributes().small_integer("output_dtype", 0));
  if (given == 0) return OutputType{};
  TMC_ASSIGN(const DType dtype, read_dtype(given));
  return OutputType{dtype, find_narrow_type(given)};
}

}  // namespace

Status import_quantize_linear(ImportContext& context) {
  TMC_ASSIGN(OutputType output, output_type(context));
  TMC_ASSIGN(const bool is_elementwise, is_quantized_elementwise(context));
  if (is_elementwise || output.narrow != nullptr || output.dtype == DType::kU16) {
    return quantize_elementwise(context, output.dtype, output.narrow);
  }
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  TMC_ASSIGN(LinearQuantization parameters, read_linear_quantization(context, context.type(input).shape));
  if (output.dtype != DType::kI8 && output.dtype != DType::kU8 && output.dtype != DType::kI16) {
    return error(Error::kUnsupportedType, "quantisation to {} is not supported", dtype_name(output.dtype));
  }
  const bool shifted = output.dtype == DType::kU8;
  if (shifted) {
    output.dtype = DType::kI8;
    shift_to_signed(parameters.quantization);
  }
  return context.finish(ops::Quantize{.dtype = output.dtype, .ties_to_even = true}, {input},
                        std::move(parameters.quantization), shifted);
}

}  // namespace tmc::frontend::onnx_format
