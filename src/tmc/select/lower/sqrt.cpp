// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/sqrt.hpp"

#include "tmc/select/numerics/floating.hpp"

namespace tmc::select {

Status lower_sqrt(Lowering& lowering) {
  return emit_unary(lowering, kernels::UnaryF32::kSqrt);
}

}  // namespace tmc::select
