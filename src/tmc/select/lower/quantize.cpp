// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/quantize.hpp"

#include "tmc/kernels/contract/quantize_f32.hpp"
#include "tmc/select/lowering.hpp"
#include "tmc/select/numerics/affine.hpp"

namespace tmc::select {

Status lower_quantize(Lowering& lowering) {
  const auto& op = lowering.node().op.get<ops::Quantize>();
  TMC_TRY(require_dtype(lowering.input(0), DType::kF32));
  TMC_ASSIGN(const Affine output, affine_of(lowering.output(), op.dtype));
  const kernels::QuantizeF32::Params params{
      .elements = static_cast<int32_t>(lowering.output().type.shape.elements()),
      .output_dtype = static_cast<int32_t>(op.dtype),
      .ties_to_even = op.ties_to_even ? 1 : 0,
      .scale = output.scale,
      .zero_point = output.zero_point,
  };
  return lowering.emit<kernels::QuantizeF32>(params, {}, {lowering.input_ref(0)}, {lowering.output_ref()});
}

}  // namespace tmc::select
