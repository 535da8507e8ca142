// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/copy.hpp"
#include "tmc/select/lowering.hpp"

namespace tmc::select {

// The bytes as they lie: a copy, since tensors of two dtypes do not share a buffer.
Status lower_bit_cast(Lowering& lowering) {
  for (const ir::Value* value : {&lowering.input(0), &lowering.output()}) {
    if (value->quantization.empty()) continue;
    return error(Error::kUnsupportedType, "'{}' is quantised", value->name)
        .with_hint("dequantise before the cast, and quantise after it");
  }
  const ops::TensorType& type = lowering.output().type;
  const auto bytes = static_cast<int32_t>(type.shape.elements() * dtype_bytes(type.dtype));
  const kernels::Copy::Params params{.rows = 1, .row_bytes = bytes, .input_stride = bytes, .output_stride = bytes};
  return lowering.emit<kernels::Copy>(params, {}, {lowering.input_ref(0)}, {lowering.output_ref()});
}

}  // namespace tmc::select
