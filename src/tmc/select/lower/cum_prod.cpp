// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/cum_prod.hpp"

#include "tmc/select/numerics/cumulate.hpp"

namespace tmc::select {

Status lower_cum_prod(Lowering& lowering) {
  const auto& op = lowering.node().op.get<ops::CumProd>();
  return emit_cumulate(lowering, {op.axis, true, op.exclusive, op.reverse});
}

}  // namespace tmc::select
