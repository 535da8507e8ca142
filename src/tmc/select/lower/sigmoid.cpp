// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/functions.hpp"
#include "tmc/select/lower_function.hpp"
#include "tmc/select/numerics/sigmoid_int16.hpp"

namespace tmc::select {

Status lower_sigmoid(Lowering& lowering) {
  if (is_int16(lowering.input(0))) return emit_sigmoid_int16(lowering, SigmoidKind::kLogistic);
  return lower_function<function::Sigmoid>(lowering);
}

}  // namespace tmc::select
