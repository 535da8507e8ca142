// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/sub.hpp"

#include "tmc/select/numerics/add.hpp"
#include "tmc/select/numerics/floating.hpp"

namespace tmc::select {

Status lower_sub(Lowering& lowering) {
  const ops::Activation activation = lowering.node().op.get<ops::Sub>().activation;
  if (is_float(lowering)) return emit_binary(lowering, kernels::BinaryF32::kSub, activation);
  return emit_add(lowering, activation, -1);
}

}  // namespace tmc::select
