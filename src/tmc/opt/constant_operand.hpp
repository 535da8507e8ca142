// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Weights of a graph that is not lowered yet: constant, or a dequantised constant.

#include "tmc/ir/graph.hpp"
#include "tmc/ops/op/dequantize.hpp"

namespace tmc::opt {

inline bool is_constant_operand(const ir::Graph& graph, ir::ValueId id) {
  const ir::NodeId dequantize = graph.producer_if<ops::Dequantize>(id);
  return graph.value(dequantize == ir::NodeId::kNone ? id : graph.node(dequantize).inputs[0]).is_constant();
}

}  // namespace tmc::opt
