// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The logarithm of softmax in the operators of the graph, for the importers of all formats.

#include <vector>

#include "tmc/base/host/status.hpp"
#include "tmc/ir/graph.hpp"
#include "tmc/ops/functions.hpp"

namespace tmc::frontend {

// Ends the node at hand: `input` over axes. Sums are of what is left without the largest element, so that large ones
// keep their places behind the point.
template <typename ImportContext>
Status import_log_softmax_over(ImportContext& context, ir::ValueId input, const std::vector<int64_t>& axes) {
  TMC_ASSIGN(const ir::ValueId largest, context.append("_largest", ops::ReduceMax{axes, true}, {input}));
  TMC_ASSIGN(const ir::ValueId rest, context.append("_rest", ops::Sub{}, {input, largest}));
  TMC_ASSIGN(const ir::ValueId sum, context.append("_log_sum", ops::ReduceLogSumExp{axes, true}, {rest}));
  return context.finish(ops::Sub{}, {rest, sum});
}

}  // namespace tmc::frontend
