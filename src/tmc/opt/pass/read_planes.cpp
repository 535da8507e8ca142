// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// A float convolution that alone reads an image of few channels through a transpose from nchw reads the planes as they
// lie instead. That is the first layer of a model whose input is nchw: the transpose would be a second copy of the
// whole input in memory. With many channels the transpose pays for itself, since pixels are then long.

#include "tmc/ir/permute.hpp"
#include "tmc/ops/op/conv2d.hpp"
#include "tmc/ops/op/transpose.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

using ir::Graph;
using ir::NodeId;
using ir::ValueId;

constexpr int64_t kMostChannels = 4;

bool reads_planes_well(const Graph& graph, const ir::Node& node) {
  const auto* conv = node.op.get_if<ops::Conv2d>();
  const ir::Value& image = graph.value(node.inputs[0]);
  const DType weights = graph.value(node.inputs[1]).type.dtype;
  return conv != nullptr && conv->layout == ops::Layout::kNhwc && !conv->planar_input && conv->groups == 1 &&
         image.type.dtype == DType::kF32 && image.type.shape[3] <= kMostChannels &&
         (weights == DType::kF32 || weights == DType::kF16) && graph.value(node.inputs[1]).is_constant();
}

void rewrite(Graph& graph, NodeId id) {
  ir::Node& node = graph.node(id);
  if (!node.op.is<ops::Conv2d>() || !reads_planes_well(graph, node)) return;
  const ValueId image = node.inputs[0];
  const NodeId transpose = graph.producer_if<ops::Transpose>(image);
  if (transpose == NodeId::kNone || graph.only_user(image) != id ||
      graph.node(transpose).op.get<ops::Transpose>().perm != ir::kNchwToNhwc ||
      ir::keeps_element_order(ir::kNchwToNhwc, graph.value(graph.node(transpose).inputs[0]).type.shape)) {
    return;  // the last of these costs nothing as it is (remove_identities)
  }
  ops::Conv2d planar = node.op.get<ops::Conv2d>();
  planar.planar_input = true;
  node.op = planar;
  node.inputs[0] = graph.node(transpose).inputs[0];
  graph.erase_unused(image);
}

Status run_read_planes(Graph& graph, const ir::PassContext&) {
  const std::vector<NodeId> order = graph.order();
  for (const NodeId id : order) {
    if (!graph.node(id).erased) rewrite(graph, id);
  }
  return {};
}

}  // namespace

extern const ir::Pass read_planes;
const ir::Pass read_planes = {"read_planes", "Lets a first convolution read an nchw image as it lies.",
                              run_read_planes};

}  // namespace tmc::opt
