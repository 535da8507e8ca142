// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/cum_sum.hpp"

#include "tmc/select/numerics/cumulate.hpp"

namespace tmc::select {

Status lower_cum_sum(Lowering& lowering) {
  const auto& op = lowering.node().op.get<ops::CumSum>();
  return emit_cumulate(lowering, {op.axis, false, op.exclusive, op.reverse});
}

}  // namespace tmc::select
