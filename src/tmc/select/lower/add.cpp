// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/select/numerics/add.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/select/lower_function.hpp"

namespace tmc::select {

Status lower_add(Lowering& lowering) {
  if (!is_quantized(lowering)) return lower_function<function::Add>(lowering);
  return emit_add(lowering, lowering.node().op.get<ops::Add>().activation, 1);
}

}  // namespace tmc::select
