// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/matmul.hpp"

#include "tmc/select/numerics/matmul.hpp"

namespace tmc::select {

Status lower_matmul(Lowering& lowering) {
  return emit_matmul(lowering, lowering.node().op.get<ops::Matmul>().transpose_b);
}

}  // namespace tmc::select
