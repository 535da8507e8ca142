// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/div.hpp"

#include "tmc/select/numerics/affine.hpp"
#include "tmc/select/numerics/floating.hpp"

namespace tmc::select {

Status lower_div(Lowering& lowering) {
  TMC_TRY(require_dtype(lowering.input(0), DType::kF32));
  return emit_binary(lowering, kernels::BinaryF32::kDiv, lowering.node().op.get<ops::Div>().activation);
}

}  // namespace tmc::select
