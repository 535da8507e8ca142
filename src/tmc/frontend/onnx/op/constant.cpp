// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/import_context.hpp"

namespace tmc::frontend::onnx_format {

Status import_constant(ImportContext& context) {
  const Attributes attributes = context.attributes();
  if (const auto* tensor = attributes.find("value"); tensor != nullptr && tensor->has_t()) {
    TMC_ASSIGN(const FileTensor constant, context.read_tensor(tensor->t()));
    return context.finish_output_as(0, constant);
  }
  // The short forms say the same with fewer bytes.
  ::onnx::TensorProto tensor;
  if (const auto* one = attributes.find("value_int")) {
    tensor.set_data_type(::onnx::TensorProto::INT64);
    tensor.add_int64_data(one->i());
  } else if (const auto* several = attributes.find("value_ints")) {
    tensor.set_data_type(::onnx::TensorProto::INT64);
    *tensor.mutable_int64_data() = several->ints();
    tensor.add_dims(several->ints_size());
  } else if (const auto* real = attributes.find("value_float")) {
    tensor.set_data_type(::onnx::TensorProto::FLOAT);
    tensor.add_float_data(real->f());
  } else if (const auto* reals = attributes.find("value_floats")) {
    tensor.set_data_type(::onnx::TensorProto::FLOAT);
    *tensor.mutable_float_data() = reals->floats();
    tensor.add_dims(reals->floats_size());
  } else if (const auto* text = attributes.find("value_string")) {
    tensor.set_data_type(::onnx::TensorProto::STRING);
    tensor.add_string_data(text->s());
  } else if (const auto* texts = attributes.find("value_strings")) {
    tensor.set_data_type(::onnx::TensorProto::STRING);
    *tensor.mutable_string_data() = texts->strings();
    tensor.add_dims(texts->strings_size());
  } else {
    return error(Error::kUnsupportedType, "its constant is neither a tensor nor a list of numbers or strings");
  }
  TMC_ASSIGN(const FileTensor constant, context.read_tensor(tensor));
  return context.finish_output_as(0, constant);
}

}  // namespace tmc::frontend::onnx_format
