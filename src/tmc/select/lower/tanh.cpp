// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/tanh.hpp"

#include <cmath>

#include "tmc/select/numerics/floating.hpp"
#include "tmc/select/numerics/sigmoid_int16.hpp"
#include "tmc/select/numerics/table.hpp"

namespace tmc::select {

Status lower_tanh(Lowering& lowering) {
  if (is_float(lowering)) return emit_unary(lowering, kernels::UnaryF32::kTanh);
  if (is_int16(lowering.input(0))) return emit_sigmoid_int16(lowering, SigmoidKind::kTanh);
  return emit_real_table(lowering, [](double x) { return std::tanh(x); });
}

}  // namespace tmc::select
