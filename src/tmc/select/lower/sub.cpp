// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/functions.hpp"
#include "tmc/select/lower_function.hpp"
#include "tmc/select/numerics/add.hpp"

namespace tmc::select {

Status lower_sub(Lowering& lowering) {
  if (!is_quantized(lowering)) return lower_function<function::Sub>(lowering);
  return emit_add(lowering, lowering.node().op.get<ops::Sub>().activation, -1);
}

}  // namespace tmc::select
