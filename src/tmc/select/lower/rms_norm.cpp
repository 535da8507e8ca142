// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/rms_norm.hpp"

#include "tmc/select/numerics/normalization.hpp"

namespace tmc::select {

Status lower_rms_norm(Lowering& lowering) {
  const auto& op = lowering.node().op.get<ops::RmsNorm>();
  return emit_normalization(lowering, op.axis, op.epsilon, /*centred=*/false);
}

}  // namespace tmc::select
