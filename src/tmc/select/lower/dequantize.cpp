// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/dequantize.hpp"

#include "tmc/kernels/contract/dequantize_f32.hpp"
#include "tmc/select/lowering.hpp"
#include "tmc/select/numerics/affine.hpp"

namespace tmc::select {

Status lower_dequantize(Lowering& lowering) {
  const DType dtype = lowering.input(0).type.dtype;
  TMC_ASSIGN(const Affine input, affine_of(lowering.input(0), dtype));
  const kernels::DequantizeF32::Params params{
      .elements = static_cast<int32_t>(lowering.output().type.shape.elements()),
      .input_dtype = static_cast<int32_t>(dtype),
      .scale = input.scale,
      .zero_point = input.zero_point,
  };
  return lowering.emit<kernels::DequantizeF32>(params, {}, {lowering.input_ref(0)}, {lowering.output_ref()});
}

}  // namespace tmc::select
