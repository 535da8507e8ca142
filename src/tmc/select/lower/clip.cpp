// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/clip.hpp"

#include <algorithm>

#include "tmc/function/lowered/clip.hpp"
#include "tmc/select/lower_function.hpp"
#include "tmc/select/numerics/requantize.hpp"

namespace tmc::select {

Status lower_clip(Lowering& lowering) {
  const auto& op = lowering.node().op.get<ops::Clip>();
  // Where the bounds cross, everything is the upper one.
  const double low = std::min(op.min, op.max);
  if (is_float(lowering)) {
    return emit_map<function::Clip>(lowering, {low, op.max});
  }
  return emit_clip(lowering, low, op.max);
}

}  // namespace tmc::select
