// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/scatter_elements.hpp"

#include "tmc/select/numerics/run_time_index.hpp"

namespace tmc::select {

Status lower_scatter_elements(Lowering& lowering) {
  const auto& op = lowering.node().op.get<ops::ScatterElements>();
  const Shape& data = lowering.input(0).type.shape;
  TMC_ASSIGN(const int axis, ops::normalize_axis(op.axis, data.rank()));
  return emit_scatter(lowering, of_elements(data, lowering.input(1).type.shape, axis), op.reduction);
}

}  // namespace tmc::select
