// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/leaky_relu.hpp"

#include "tmc/select/numerics/floating.hpp"
#include "tmc/select/numerics/table.hpp"

namespace tmc::select {

Status lower_leaky_relu(Lowering& lowering) {
  const auto& op = lowering.node().op.get<ops::LeakyRelu>();
  if (is_float(lowering)) {
    return emit_unary(lowering, kernels::UnaryF32::kLeakyRelu, static_cast<float>(op.alpha));
  }
  TMC_ASSIGN(const Affine input, affine_of(lowering.input(0)));
  TMC_ASSIGN(const Affine output, affine_of(lowering.output()));
  return emit_table(lowering, leaky_relu_table(input, output, op.alpha));
}

}  // namespace tmc::select
