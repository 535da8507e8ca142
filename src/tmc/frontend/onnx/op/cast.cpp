// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/patterns.hpp"

namespace tmc::frontend::onnx_format {

// Before opset 6 the type is said by its name.
Status import_cast(ImportContext& context) {
  int32_t wanted = 0;
  if (context.opset() < 6) {
    TMC_ASSIGN(const std::string name, context.attributes().text("to", ""));
    ::onnx::TensorProto_DataType type{};
    if (!::onnx::TensorProto_DataType_Parse(name, &type))
      return error(Error::kMalformed, "there is no type '{}'", name);
    wanted = type;
  } else {
    TMC_ASSIGN(wanted, context.attributes().small_integer("to", 0));
  }
  if (const NarrowType* narrow = find_narrow_type(wanted)) return import_narrow_cast(context, *narrow);
  TMC_ASSIGN(const DType to, read_dtype(wanted));
  return import_cast(context, to);
}

}  // namespace tmc::frontend::onnx_format
