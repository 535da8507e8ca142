// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/functions.hpp"
#include "tmc/select/lower_function.hpp"
#include "tmc/select/numerics/mean.hpp"

namespace tmc::select {

Status lower_reduce_sum(Lowering& lowering) {
  if (!is_quantized(lowering)) return lower_function<function::ReduceSum>(lowering);
  return emit_quantized_sum(lowering, lowering.node().op.get<ops::ReduceSum>().axes, 1);
}

}  // namespace tmc::select
