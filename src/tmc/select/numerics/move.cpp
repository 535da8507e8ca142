// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/select/numerics/move.hpp"

#include "tmc/select/numerics/table.hpp"

namespace tmc::select {

Result<int32_t> movable_bytes(const ir::Value& value) {
  const uint32_t bytes = dtype_bytes(value.type.dtype);
  if (bytes <= 4) return static_cast<int32_t>(bytes);
  return error(Error::kUnsupportedType, "'{}' is {}, elements of 8 bytes are not moved", value.name,
               dtype_name(value.type.dtype))
      .remedied_by("use a dtype of at most 4 bytes");
}

Status follow_quantization(Lowering& lowering) {
  if (lowering.input(0).quantization == lowering.output().quantization) return {};
  TMC_ASSIGN(const Affine input, affine_of(lowering.input(0)));
  return requantize_output(lowering, input);
}

Status emit_reshape(Lowering& lowering) {
  if (lowering.input(0).quantization == lowering.output().quantization) return lowering.alias();
  TMC_ASSIGN(const Affine input, affine_of(lowering.input(0)));
  TMC_ASSIGN(const Affine output, affine_of(lowering.output()));
  return emit_table(lowering, requantize_table(input, output));
}

}  // namespace tmc::select
