// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/relu.hpp"

#include <limits>

#include "tmc/function/lowered/clip.hpp"
#include "tmc/select/lower_function.hpp"
#include "tmc/select/numerics/requantize.hpp"

namespace tmc::select {

Status lower_relu(Lowering& lowering) {
  if (is_float(lowering)) {
    return emit_map<function::Clip>(lowering, {0, std::numeric_limits<double>::infinity()});
  }
  return emit_clip(lowering, 0, std::numeric_limits<double>::infinity());
}

}  // namespace tmc::select
