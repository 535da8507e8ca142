// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/functions.hpp"

#include <limits>

#include "tmc/select/lower_function.hpp"
#include "tmc/select/numerics/requantize.hpp"

namespace tmc::select {

Status lower_relu(Lowering& lowering) {
  if (!is_quantized(lowering)) return lower_function<function::Relu>(lowering);
  return emit_clip(lowering, 0, std::numeric_limits<double>::infinity());
}

}  // namespace tmc::select
