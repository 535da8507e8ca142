// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/common/border.hpp"
#include "tmc/frontend/onnx/elementwise_quantization.hpp"
#include "tmc/frontend/onnx/linear_quantization.hpp"
#include "tmc/ops/op/dequantize.hpp"

namespace tmc::frontend::onnx_format {

namespace {

// The constant with its quantisation. A file may dequantise one constant in several ways.
ir::ValueId quantized_constant(ImportContext& context, FileTensor& tensor, Quantization quantization) {
  const bool shifted = tensor.constant->type.dtype == DType::kU8;
  if (shifted) shift_to_signed(quantization);
  ir::Graph& graph = context.graph();
  if (tensor.value != ir::ValueId::kNone && graph.value(tensor.value).quantization == quantization) return tensor.value;
  ops::TensorType type = tensor.constant->type;
  ir::TensorData data = tensor.constant->data;
  if (shifted) {
    std::vector<std::byte> bytes = data.to_vector<std::byte>();
    shift_to_signed(bytes);
    data = ir::TensorData(std::move(bytes));
    type.dtype = DType::kI8;
  }
  const bool first = tensor.value == ir::ValueId::kNone;
  const ir::ValueId value = graph.add_constant(first ? context.input_name(0) : context.output_name() + "_quantized",
                                               type, std::move(data), std::move(quantization));
  if (first) {
    tensor.value = value;
    graph.name_as_in_file(value, context.input_name(0));
  }
  return value;
}

// A computed tensor, or a graph input, whose scale is known from here only.
Result<ir::ValueId> quantized_value(ImportContext& context, FileTensor& tensor, Quantization quantization) {
  ir::Graph& graph = context.graph();
  if (graph.value(tensor.value).quantization.empty()) {
    const ir::Value& value = graph.value(tensor.value);
    const bool is_input = value.producer == ir::NodeId::kNone;
    if (value.type.dtype == DType::kU8 && !is_input) {
      return error(Error::kUnsupportedType, "uint8 tensor '{}' was never quantised", value.name);
    }
    graph.value(tensor.value).quantization = quantization;
    if (value.type.dtype == DType::kU8) {
      TMC_ASSIGN(tensor.value, append_signed(graph, tensor.value));
      tensor.shifted = true;
    }
    return tensor.value;
  }
  if (tensor.shifted) shift_to_signed(quantization);
  if (graph.value(tensor.value).quantization == quantization) return tensor.value;
  return error(Error::kUnsupportedType, "tensor '{}' is dequantised with another scale or zero point than it has",
               graph.value(tensor.value).name);
}

// What no kernel takes as quantised: unsigned 16 bits, narrow types but constants of integers, and uint8 that was
// computed by other means than quantisation.
bool has_no_scale_yet(ImportContext& context, const FileTensor& tensor, DType dtype) {
  if (tensor.narrow != nullptr && (tensor.narrow->is_float() || !tensor.constant)) return true;
  if (dtype == DType::kU16) return true;
  if (tensor.constant) return false;
  const ir::Value& value = context.graph().value(tensor.value);
  return dtype == DType::kU8 && value.producer != ir::NodeId::kNone && value.quantization.empty();
}

}  // namespace

Status import_dequantize_linear(ImportContext& context) {
  TMC_ASSIGN(FileTensor* const tensor, context.tensor(0));
  const ops::TensorType& stored = tensor->constant ? tensor->constant->type : context.type(tensor->value);
  TMC_ASSIGN(const bool is_elementwise, is_quantized_elementwise(context));
  if (is_elementwise || has_no_scale_yet(context, *tensor, stored.dtype)) return dequantize_elementwise(context);
  TMC_ASSIGN(LinearQuantization parameters, read_linear_quantization(context, stored.shape));
  const DType dtype = tensor->shifted ? DType::kU8 : stored.dtype;
  const bool covered = dtype == DType::kI8 || dtype == DType::kU8 || dtype == DType::kI16 || dtype == DType::kI32;
  if (!covered || parameters.dtype.value_or(dtype) != dtype) {
    return error(Error::kUnsupportedType, "its input is {}, its zero point {}", dtype_name(dtype),
                 dtype_name(parameters.dtype.value_or(dtype)));
  }
  ir::ValueId input;
  if (tensor->constant) {
    input = quantized_constant(context, *tensor, std::move(parameters.quantization));
  } else {
    TMC_ASSIGN(input, quantized_value(context, *tensor, std::move(parameters.quantization)));
  }
  return context.finish(ops::Dequantize{}, {input});
}

}  // namespace tmc::frontend::onnx_format
