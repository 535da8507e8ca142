// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/clip.hpp"

#include <algorithm>

#include "tmc/select/numerics/floating.hpp"
#include "tmc/select/numerics/requantize.hpp"

namespace tmc::select {

Status lower_clip(Lowering& lowering) {
  const auto& op = lowering.node().op.get<ops::Clip>();
  // Where the bounds cross, everything is the upper one.
  const double low = std::min(op.min, op.max);
  if (is_float(lowering)) {
    return emit_unary(lowering, kernels::UnaryF32::kClip, static_cast<float>(low), static_cast<float>(op.max));
  }
  return emit_clip(lowering, low, op.max);
}

}  // namespace tmc::select
