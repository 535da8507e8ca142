// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/select/numerics/mean.hpp"

#include "tmc/ops/functions.hpp"
#include "tmc/select/lower_function.hpp"

namespace tmc::select {

Status lower_mean(Lowering& lowering) {
  if (!is_quantized(lowering)) return lower_function<function::Mean>(lowering);
  const int64_t count = lowering.input(0).type.shape.elements() / lowering.output().type.shape.elements();
  return emit_quantized_sum(lowering, lowering.node().op.get<ops::Mean>().axes, count);
}

}  // namespace tmc::select
