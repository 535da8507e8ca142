// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Constants that a float operator still reads through a dequantize, after quant has taken what it lowers to integers:
// float16 weights of convolutions and fully connected layers stay float16, which halves their flash, and are read as
// they are. Everything else becomes a float32 constant; int8 must not stay, since int8 weights under a float input mean
// a hybrid layer, which quantises its input.
//
// As in fold_constants, a result larger than kLargestResultBytes is left to be computed at run time.

#include "tmc/base/host/element.hpp"
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

// The index along the quantised axis of every element in turn, 0 where there is one scale.
size_t channel_of(const ir::Value& value, int64_t element) {
  if (!value.quantization.per_axis()) return 0;
  const Shape& shape = value.type.shape;
  const int axis = value.quantization.axis;
  return static_cast<size_t>(element / shape.elements(axis + 1, shape.rank()) % shape[axis]);
}

ir::TensorData as_float(const ir::Value& value) {
  std::vector<float> reals(static_cast<size_t>(value.type.shape.elements()));
  const size_t element_bytes = dtype_bytes(value.type.dtype);
  for (size_t i = 0; i < reals.size(); ++i) {
    const double stored = load_element(value.type.dtype, value.data->bytes().data() + i * element_bytes);
    if (value.quantization.empty()) {
      reals[i] = static_cast<float>(stored);
      continue;
    }
    const size_t channel = channel_of(value, static_cast<int64_t>(i));
    reals[i] = static_cast<float>(stored - value.quantization.zero_point(channel)) * value.quantization.scale(channel);
  }
  return ir::TensorData::of(std::span<const float>(reals));
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
    graph.set_constant(result, as_float(graph.value(stored)));
  }
  graph.erase_unused(stored);
}

Status run(Graph& graph, const ir::PassContext&) {
  const std::vector<NodeId> order = graph.order();
  for (const NodeId id : order) settle(graph, id);
  return {};
}

}  // namespace

extern const ir::Pass dequantize_weights;
const ir::Pass dequantize_weights = {
    "dequantize_weights", "Gives float operators their constants: float16 weights as they are, the rest as float32.",
    run};

}  // namespace tmc::opt
