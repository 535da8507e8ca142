// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/exp.hpp"

#include "tmc/select/numerics/floating.hpp"

namespace tmc::select {

Status lower_exp(Lowering& lowering) {
  return emit_unary(lowering, kernels::UnaryF32::kExp);
}

}  // namespace tmc::select
