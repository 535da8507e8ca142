// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/bit_cast.hpp"

#include "tmc/frontend/onnx/import_context.hpp"

namespace tmc::frontend::onnx_format {

Status import_bit_cast(ImportContext& context) {
  TMC_ASSIGN(const int64_t number, context.attributes().integer("to", 0));
  TMC_ASSIGN(const DType to, read_dtype(static_cast<int32_t>(number)));
  const bool is_narrow = find_narrow_type(static_cast<int32_t>(number)) != nullptr || context.narrow_type(0) != nullptr;
  const Constant* constant = context.constant_if(0);
  const bool is_half = constant != nullptr && widened(constant->type.dtype) != constant->type.dtype;
  if (is_narrow || is_half || to != widened(to)) {
    return error(Error::kUnsupportedType, "its elements are of a type that is widened here: their bits are others");
  }
  TMC_ASSIGN(const ir::ValueId value, context.input(0));
  return context.finish(ops::BitCast{to}, {value});
}

}  // namespace tmc::frontend::onnx_format
