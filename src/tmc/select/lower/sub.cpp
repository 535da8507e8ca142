// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/sub.hpp"

#include "tmc/select/numerics/add.hpp"

namespace tmc::select {

Status lower_sub(Lowering& lowering) {
  return emit_add(lowering, lowering.node().op.get<ops::Sub>().activation, -1);
}

}  // namespace tmc::select
