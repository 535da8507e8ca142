// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/sigmoid.hpp"

#include <cmath>

#include "tmc/select/numerics/floating.hpp"
#include "tmc/select/numerics/sigmoid_int16.hpp"
#include "tmc/select/numerics/table.hpp"

namespace tmc::select {

Status lower_sigmoid(Lowering& lowering) {
  if (is_float(lowering)) return emit_unary(lowering, kernels::UnaryF32::kSigmoid);
  if (is_int16(lowering.input(0))) return emit_sigmoid_int16(lowering, SigmoidKind::kLogistic);
  return emit_real_table(lowering, [](double x) { return 1 / (1 + std::exp(-x)); });
}

}  // namespace tmc::select
