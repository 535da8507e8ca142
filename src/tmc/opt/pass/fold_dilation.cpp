// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// A convolution over batches that are the places of blocks of an image (SPACE_TO_BATCH_ND before it, BATCH_TO_SPACE_ND
// after it, as TensorFlow writes dilation) becomes one with dilation over the image itself.

#include <vector>

#include "tmc/ops/op/conv2d.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/transpose.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

using ir::Graph;
using ir::Node;
using ir::NodeId;
using ir::ValueId;

// The input of the node that produces a value, where that is such a move.
template <typename Op>
ValueId before(const Graph& graph, ValueId id) {
  const NodeId producer = graph.producer_if<Op>(id);
  return producer == NodeId::kNone ? ValueId::kNone : graph.node(producer).inputs[0];
}

// The output of the only node that reads a value, where that is such a move.
template <typename Op>
ValueId behind(const Graph& graph, ValueId id) {
  const NodeId user = id == ValueId::kNone ? NodeId::kNone : graph.only_user(id);
  return user != NodeId::kNone && graph.node(user).op.is<Op>() ? graph.node(user).outputs[0] : ValueId::kNone;
}

bool has_perm(const Graph& graph, ValueId transposed, const std::vector<int64_t>& perm) {
  return graph.node(graph.value(transposed).producer).op.get<ops::Transpose>().perm == perm;
}

struct Blocks {
  ValueId image, result;  // with their pixels where they belong
  int64_t rows, columns;  // of a block
};

// What lies around the convolution, where it is that.
std::optional<Blocks> blocks_around(const Graph& graph, const Node& conv) {
  const ValueId places = before<ops::Reshape>(graph, conv.inputs[0]);
  const ValueId cut = before<ops::Transpose>(graph, places);
  const ValueId image = before<ops::Reshape>(graph, cut);
  const ValueId apart = behind<ops::Reshape>(graph, conv.outputs[0]);
  const ValueId together = behind<ops::Transpose>(graph, apart);
  const ValueId result = behind<ops::Reshape>(graph, together);
  if (image == ValueId::kNone || result == ValueId::kNone) return std::nullopt;
  if (!has_perm(graph, places, {2, 4, 0, 1, 3, 5}) || !has_perm(graph, together, {2, 3, 0, 4, 1, 5})) {
    return std::nullopt;
  }
  const auto shape = [&](ValueId id) { return graph.value(id).type.shape; };
  const Shape blocks = shape(cut);  // [n, rows, of a block, columns, of a block, channels]
  const Shape batched = shape(conv.outputs[0]);
  const int64_t rows = blocks[2];
  const int64_t columns = blocks[4];
  const bool fits = shape(image) == Shape::of(blocks[0], blocks[1] * rows, blocks[3] * columns, blocks[5]) &&
                    shape(conv.inputs[0]) == Shape::of(blocks[0] * rows * columns, blocks[1], blocks[3], blocks[5]) &&
                    shape(apart) == Shape::of(rows, columns, blocks[0], batched[1], batched[2], batched[3]) &&
                    shape(result) == Shape::of(blocks[0], batched[1] * rows, batched[2] * columns, batched[3]);
  return fits ? std::optional(Blocks{image, result, rows, columns}) : std::nullopt;
}

Status fold(Graph& graph, NodeId id) {
  const Node node = graph.node(id);
  const auto* const conv = node.op.get_if<ops::Conv2d>();
  if (conv == nullptr || conv->layout != ops::Layout::kNhwc || conv->stride_h != 1 || conv->stride_w != 1) return {};
  const std::optional<Blocks> blocks = blocks_around(graph, node);
  if (!blocks) return {};
  ops::Conv2d dilated = *conv;
  const auto scale = [](int32_t& number, int64_t by) { number = static_cast<int32_t>(number * by); };
  for (int32_t* number : {&dilated.dilation_h, &dilated.pad_top, &dilated.pad_bottom}) scale(*number, blocks->rows);
  for (int32_t* number : {&dilated.dilation_w, &dilated.pad_left, &dilated.pad_right}) scale(*number, blocks->columns);
  std::vector<ValueId> inputs = node.inputs;
  inputs[0] = blocks->image;
  const ValueId moved = graph.node(graph.value(blocks->result).producer).inputs[0];
  TMC_TRY(graph
              .recompute(blocks->result, graph.value(blocks->result).producer, node.name, dilated, inputs,
                         graph.value(node.outputs[0]).quantization)
              .status());
  graph.erase_unused(moved);
  return {};
}

Status run_fold_dilation(Graph& graph, const ir::PassContext&) {
  const std::vector<NodeId> order = graph.order();
  for (const NodeId id : order) {
    if (!graph.node(id).erased) TMC_TRY(fold(graph, id));
  }
  return {};
}

}  // namespace

extern const ir::Pass fold_dilation;
const ir::Pass fold_dilation = {"fold_dilation",
                                "Makes a convolution over the places of blocks one with dilation over the image.",
                                run_fold_dilation};

}  // namespace tmc::opt
