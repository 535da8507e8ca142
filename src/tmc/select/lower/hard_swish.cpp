// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/hard_swish.hpp"

#include "tmc/select/numerics/floating.hpp"
#include "tmc/select/numerics/table.hpp"

namespace tmc::select {

Status lower_hard_swish(Lowering& lowering) {
  if (is_float(lowering)) return emit_unary(lowering, kernels::UnaryF32::kHardSwish);
  TMC_ASSIGN(const Affine input, affine_of(lowering.input(0)));
  TMC_ASSIGN(const Affine output, affine_of(lowering.output()));
  TMC_ASSIGN(const Table table, hard_swish_table(input, output));
  return emit_table(lowering, table);
}

}  // namespace tmc::select
