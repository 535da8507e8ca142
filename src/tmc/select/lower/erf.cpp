// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/erf.hpp"

#include <cmath>

#include "tmc/select/numerics/floating.hpp"
#include "tmc/select/numerics/table.hpp"

namespace tmc::select {

Status lower_erf(Lowering& lowering) {
  if (is_float(lowering)) return emit_unary(lowering, kernels::UnaryF32::kErf);
  return emit_real_table(lowering, [](double x) { return std::erf(x); });
}

}  // namespace tmc::select
