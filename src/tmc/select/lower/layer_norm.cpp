// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/layer_norm.hpp"

#include "tmc/select/numerics/normalization.hpp"

namespace tmc::select {

Status lower_layer_norm(Lowering& lowering) {
  const auto& op = lowering.node().op.get<ops::LayerNorm>();
  return emit_normalization(lowering, op.axis, op.epsilon, /*centred=*/true);
}

}  // namespace tmc::select
