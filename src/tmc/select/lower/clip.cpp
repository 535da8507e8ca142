// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/clip.hpp"

#include "tmc/select/numerics/floating.hpp"
#include "tmc/select/numerics/requantize.hpp"

namespace tmc::select {

Status lower_clip(Lowering& lowering) {
  const auto& op = lowering.node().op.get<ops::Clip>();
  if (is_float(lowering)) {
    return emit_unary(lowering, kernels::UnaryF32::kClip, static_cast<float>(op.min), static_cast<float>(op.max));
  }
  return emit_clip(lowering, op.min, op.max);
}

}  // namespace tmc::select
