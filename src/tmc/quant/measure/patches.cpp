// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/measure/patches.hpp"

#include <algorithm>
#include <utility>

#include "tmc/ops/op/conv2d.hpp"

namespace tmc::quant {
namespace {

using ir::Graph;
using ir::Node;
using ir::NodeId;

// Of an image of a row at most about this many positions are looked at.
constexpr int64_t kPositionsPerRow = 128;

struct ConvWindow {
  const ops::Conv2d* op;
  Shape image, weights, output;
  int64_t group_channels;

  // Copies what the window over the output position sees of the group.
  void gather(std::span<const float> input, int64_t position, int64_t group, std::vector<float>& patch) const {
    const int64_t x = position % output[2];
    const int64_t y = position / output[2] % output[1];
    const int64_t batch = position / output[2] / output[1];
    size_t to = 0;
    for (int64_t ky = 0; ky < weights[1]; ++ky) {
      const int64_t in_y = y * op->stride_h + ky * op->dilation_h - op->pad_top;
      for (int64_t kx = 0; kx < weights[2]; ++kx, to += static_cast<size_t>(group_channels)) {
        const int64_t in_x = x * op->stride_w + kx * op->dilation_w - op->pad_left;
        const bool inside = in_y >= 0 && in_y < image[1] && in_x >= 0 && in_x < image[2];
        const int64_t from = ((batch * image[1] + in_y) * image[2] + in_x) * image[3] + group * group_channels;
        for (int64_t c = 0; c < group_channels; ++c) {
          patch[to + static_cast<size_t>(c)] = inside ? input[static_cast<size_t>(from + c)] : 0.0F;
        }
      }
    }
  }
};

int64_t positions(const Graph& graph, const Node& layer) {
  return graph.value(layer.outputs[0]).type.shape.elements() / layer_shape(graph, layer).channels;
}

}  // namespace

LayerShape layer_shape(const Graph& graph, const Node& layer) {
  const Shape& weights = graph.value(layer.inputs[1]).type.shape;
  const auto* conv = layer.op.get_if<ops::Conv2d>();
  return {conv ? conv->groups : 1, weights[0], weights.elements(1, weights.rank())};
}

void for_each_patch(const Graph& graph, const Node& layer, std::span<const float> input, int64_t stride,
                    const PatchVisitor& visit) {
  const LayerShape shape = layer_shape(graph, layer);
  const int64_t all = positions(graph, layer);
  const auto* conv = layer.op.get_if<ops::Conv2d>();
  if (conv == nullptr) {
    for (int64_t row = 0; row < all; row += stride) {
      visit(0, input.subspan(static_cast<size_t>(row * shape.length), static_cast<size_t>(shape.length)));
    }
    return;
  }
  const ConvWindow window{conv, graph.value(layer.inputs[0]).type.shape, graph.value(layer.inputs[1]).type.shape,
                          graph.value(layer.outputs[0]).type.shape, graph.value(layer.inputs[1]).type.shape[3]};
  std::vector<float> patch(static_cast<size_t>(shape.length));
  for (int64_t position = 0; position < all; position += stride) {
    for (int64_t group = 0; group < shape.groups; ++group) {
      window.gather(input, position, group, patch);
      visit(group, patch);
    }
  }
}

Result<std::map<NodeId, Moments>> measure_moments(const Graph& graph, const std::vector<NodeId>& layers,
                                                  MomentOrder order, Session& session, RowSource& rows,
                                                  const std::vector<int64_t>& indices, const Progress& progress) {
  std::map<NodeId, MomentSum> sums;
  std::map<std::string, std::vector<NodeId>, std::less<>> readers;
  for (const NodeId id : layers) {
    sums.emplace(id, MomentSum(layer_shape(graph, graph.node(id)), order));
    readers[graph.value(graph.node(id).inputs[0]).name].push_back(id);
  }
  int64_t done = 0;
  for (const int64_t row : indices) {
    TMC_ASSIGN(const Row inputs, rows.read(row));
    TMC_TRY(session.run(inputs, [&](size_t at, std::span<std::byte> bytes) {
      const auto found = readers.find(session.tensors()[at].name);
      if (found == readers.end()) return;
      const std::vector<float> values = reals(session.tensors()[at], bytes);
      for (const NodeId id : found->second) {
        const int64_t all = positions(graph, graph.node(id));
        // Odd, so that it is no divisor of a usual width and every column is seen.
        const int64_t stride = all <= kPositionsPerRow ? 1 : (all / kPositionsPerRow) | 1;
        MomentSum& sum = sums.at(id);
        for_each_patch(graph, graph.node(id), values, stride,
                       [&](int64_t group, std::span<const float> patch) { sum.add(group, patch); });
      }
    }));
    progress("measuring layers", ++done, static_cast<int64_t>(indices.size()));
  }
  std::map<NodeId, Moments> moments;
  for (auto& [id, sum] : sums) moments.emplace(id, std::move(sum).finish());
  return moments;
}

}  // namespace tmc::quant
