// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/gather_nd.hpp"

#include "tmc/select/numerics/run_time_index.hpp"

namespace tmc::select {

Status lower_gather_nd(Lowering& lowering) {
  const auto& op = lowering.node().op.get<ops::GatherNd>();
  return emit_lookup(lowering, of_groups(lowering.input(0).type.shape, lowering.input(1).type.shape, op.batch_dims));
}

}  // namespace tmc::select
