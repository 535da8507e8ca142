// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/cast.hpp"

#include "tmc/ops/op/cast.hpp"
#include "tmc/select/lowering.hpp"

namespace tmc::select {

// The numbers as they are stored: quantised ones would lose what they stand for.
Status lower_cast(Lowering& lowering) {
  const ir::Value& input = lowering.input(0);
  if (!input.quantization.empty() || !lowering.output().quantization.empty()) {
    return error(Error::kUnsupportedType, "'{}' or '{}' is quantised", input.name, lowering.output().name)
        .with_hint("dequantise before the cast, and quantise after it");
  }
  for (const ir::Value* value : {&input, &lowering.output()}) {
    if (value->type.dtype != DType::kF16 && value->type.dtype != DType::kBF16) continue;
    return error(Error::kUnsupportedType, "'{}' is {}, of which there is storage only", value->name,
                 dtype_name(value->type.dtype))
        .with_hint("cast to f32");
  }
  if (input.type.dtype == lowering.output().type.dtype) return lowering.alias();
  const kernels::Cast::Params params{.elements = static_cast<int32_t>(lowering.output().type.shape.elements()),
                                     .input_dtype = static_cast<int32_t>(input.type.dtype),
                                     .output_dtype = static_cast<int32_t>(lowering.output().type.dtype)};
  return lowering.emit<kernels::Cast>(params, {}, {lowering.input_ref(0)}, {lowering.output_ref()});
}

}  // namespace tmc::select
