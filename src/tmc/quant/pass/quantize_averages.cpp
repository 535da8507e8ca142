// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Gives the mean of a dequantised tensor, a pool or a reduction, that tensor's own scale, where the float graph says
// none and an integer layer reads it. Training with fake-quantised tensors leaves it out there (torch.ao.quantization,
// TensorFlow's quantisation-aware training), since integer kernels of means hand on the scale of their input.

#include <algorithm>

#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/average_pool2d.hpp"
#include "tmc/ops/op/dequantize.hpp"
#include "tmc/ops/op/quantize.hpp"
#include "tmc/quant/integer_form.hpp"
#include "tmc/quant/passes.hpp"
#include "tmc/quant/qdq.hpp"

namespace tmc::quant {
namespace {

using ir::Graph;
using ir::NodeId;
using ir::ValueId;

// Whether a layer with integer weights and a quantised result reads the value, at most behind nodes that move elements.
bool feeds_integer_layer(const Graph& graph, ValueId id) {
  NodeId user = graph.only_user(id);
  while (user != NodeId::kNone && integer_form(graph.node(user).op) == IntegerForm::kDataMovement) {
    id = graph.node(user).outputs[0];
    user = graph.only_user(id);
  }
  if (user == NodeId::kNone || integer_form(graph.node(user).op) != IntegerForm::kLayer) return false;
  const ir::Node& layer = graph.node(user);
  return layer.inputs[0] == id && quantized_source(graph, layer.inputs[1]) != ValueId::kNone &&
         only_quantize(graph, layer.outputs[0]) != NodeId::kNone;
}

Status quantize_average(Graph& graph, NodeId id) {
  const ir::Node& node = graph.node(id);
  if (!node.op.is<ops::AveragePool2d>() && !node.op.is<ops::Mean>()) return {};
  const ValueId source = quantized_source(graph, node.inputs[0]);
  const ValueId mean = node.outputs[0];
  if (source == ValueId::kNone || !is_integer_activation(graph.value(source)) || !feeds_integer_layer(graph, mean)) {
    return {};
  }
  const NodeId user = graph.only_user(mean);
  const std::string name = graph.value(mean).name;
  const DType dtype = graph.value(source).type.dtype;
  const Quantization quantization = graph.value(source).quantization;
  TMC_ASSIGN(const ValueId integers,
             graph.insert(user, name + "_quantized", ops::Quantize{.dtype = dtype, .ties_to_even = true}, {mean},
                          quantization));
  TMC_ASSIGN(const ValueId again, graph.insert(user, name + "_dequantized", ops::Dequantize{}, {integers}));
  std::ranges::replace(graph.node(user).inputs, mean, again);
  return {};
}

Status run_quantize_averages(Graph& graph, const ir::PassContext&) {
  const std::vector<NodeId> order = graph.order();
  for (const NodeId id : order) TMC_TRY(quantize_average(graph, id));
  return {};
}

}  // namespace

extern const ir::Pass quantize_averages;
const ir::Pass quantize_averages = {"quantize_averages",
                                    "Gives means of dequantised tensors that integer layers read their input's scale.",
                                    run_quantize_averages};

}  // namespace tmc::quant
