// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// A relu or clip becomes the `activation` attribute of the operator before it. A quantised clamp is fused only where it
// keeps scale and zero point: with its own, the intermediate rounding is part of the model. A clamp that no activation
// says stays.

#include "tmc/ir/activation.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

using ir::Graph;
using ir::NodeId;

Status fuse(Graph& graph, NodeId id) {
  const ir::Node& clamp = graph.node(id);
  const std::optional<ir::RealRange> range = ir::clamp_range(clamp.op);
  if (!range) return {};
  const ir::Value& in = graph.value(clamp.inputs[0]);
  const ir::Value& out = graph.value(clamp.outputs[0]);
  if (in.producer == NodeId::kNone || graph.only_user(clamp.inputs[0]) != id || in.quantization != out.quantization) {
    return {};
  }
  const ir::Node& producer = graph.node(in.producer);
  const std::optional<ir::Activation> present = ir::activation_of(producer.op);
  if (!present) return {};
  const std::optional<ir::Activation> fused =
      ir::activation_for(ir::intersect(*range, ir::range_of(*present)), out.type, out.quantization);
  if (!fused) return {};
  const ir::ValueId unclamped = clamp.inputs[0];
  TMC_TRY(graph
              .recompute(clamp.outputs[0], in.producer, producer.name, ir::with_activation(producer.op, *fused),
                         producer.inputs, out.quantization)
              .status());
  graph.erase_unused(unclamped);
  return {};
}

Status run_fuse_activation(Graph& graph, const ir::PassContext&) {
  const std::vector<NodeId> order = graph.order();
  for (const NodeId id : order) TMC_TRY(fuse(graph, id));
  return {};
}

}  // namespace

extern const ir::Pass fuse_activation;
const ir::Pass fuse_activation = {"fuse_activation", "Makes a relu or clip part of the operator before it.",
                                  run_fuse_activation};

}  // namespace tmc::opt
