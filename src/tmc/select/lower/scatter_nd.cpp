// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/scatter_nd.hpp"

#include "tmc/select/numerics/run_time_index.hpp"

namespace tmc::select {

Status lower_scatter_nd(Lowering& lowering) {
  const auto& op = lowering.node().op.get<ops::ScatterNd>();
  const IndexedAxes axes = of_groups(lowering.input(0).type.shape, lowering.input(1).type.shape, 0);
  return emit_scatter(lowering, axes, op.reduction);
}

}  // namespace tmc::select
