// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Constants that a float operator still reads through a dequantize, after quant has taken what it lowers to integers:
// float16 weights of convolutions and fully connected layers stay float16, which halves their flash, and are read as
// they are. Everything else becomes a float32 constant; int8 must not stay, since int8 weights under a float input mean
// a hybrid layer, which quantises its input.
//
// As in fold_constants, a result larger than kLargestResultBytes is left to be computed at run time.

#include "tmc/ir/constant_reals.hpp"
#include "tmc/ops/op/conv2d.hpp"
#include "tmc/ops/op/dequantize.hpp"
#include "tmc/ops/op/fully_connected.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

using ir::Graph;
using ir::NodeId;
using ir::ValueId;

constexpr int64_t kLargestResultBytes = int64_t{1} << 26;

// Makes the layers that have `dequantized` as weights read `half` instead.
void read_half_weights(Graph& graph, ValueId dequantized, ValueId half) {
  for (const NodeId user : graph.users(dequantized)) {
    ir::Node& node = graph.node(user);
    const bool is_layer = node.op.is<ops::Conv2d>() || node.op.is<ops::FullyConnected>();
    if (is_layer && node.inputs[1] == dequantized) node.inputs[1] = half;
  }
}

void settle(Graph& graph, NodeId id) {
  const ir::Node& node = graph.node(id);
  if (!node.op.is<ops::Dequantize>() || !graph.value(node.inputs[0]).is_constant()) return;
  const ValueId stored = node.inputs[0];
  const ValueId result = node.outputs[0];
  if (graph.value(stored).type.dtype == DType::kF16) read_half_weights(graph, result, stored);
  if (graph.users(result).empty() && !graph.is_output(result)) {
    graph.erase_node(id);
  } else if (graph.value(result).type.shape.elements() * int64_t{sizeof(float)} <= kLargestResultBytes) {
    const std::vector<float> reals = ir::constant_reals(graph.value(stored));
    graph.set_constant(result, ir::TensorData::of(std::span(reals)));
  }
  graph.erase_unused(stored);
}

Status run_dequantize_weights(Graph& graph, const ir::PassContext&) {
  const std::vector<NodeId> order = graph.order();
  for (const NodeId id : order) settle(graph, id);
  return {};
}

}  // namespace

extern const ir::Pass dequantize_weights;
const ir::Pass dequantize_weights = {
    "dequantize_weights", "Gives float operators their constants: float16 weights as they are, the rest as float32.",
    run_dequantize_weights};

}  // namespace tmc::opt
