// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/lookup.hpp"

#include "tmc/select/numerics/run_time_index.hpp"

namespace tmc::select {

Status lower_lookup(Lowering& lowering) {
  const auto& op = lowering.node().op.get<ops::Lookup>();
  const Shape& data = lowering.input(0).type.shape;
  TMC_ASSIGN(const int axis, ops::normalize_axis(op.axis, data.rank()));
  return emit_lookup(lowering, along_axis(data, lowering.input(1).type.shape, axis));
}

}  // namespace tmc::select
