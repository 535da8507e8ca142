// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/opt/channels/node_channels.hpp"

#include <algorithm>

#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/average_pool2d.hpp"
#include "tmc/ops/op/concat.hpp"
#include "tmc/ops/op/conv2d.hpp"
#include "tmc/ops/op/fully_connected.hpp"
#include "tmc/ops/op/max_pool2d.hpp"
#include "tmc/ops/op/pad.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/slice.hpp"
#include "tmc/ops/op/transpose.hpp"
#include "tmc/opt/channels/layer_weights.hpp"

namespace tmc::opt {
namespace {

using ir::Graph;
using ir::Node;

struct Sides {
  const Graph& graph;
  const Node& node;
  const Shape& in(size_t index = 0) const { return graph.value(node.inputs[index]).type.shape; }
  const Shape& out() const { return graph.value(node.outputs[0]).type.shape; }
  int64_t in_channels(size_t index = 0) const { return channel_count(graph.value(node.inputs[index])); }
  int64_t out_channels() const { return channel_count(graph.value(node.outputs[0])); }
};

// Channel c of input `input` with channel c + offset of the output.
void tie_equals(std::vector<ChannelTie>& ties, size_t input, int64_t count, int64_t offset = 0) {
  for (int64_t c = 0; c < count; ++c) {
    ties.push_back({input, static_cast<int32_t>(c), static_cast<int32_t>(c + offset)});
  }
}

NodeChannels channelwise(std::vector<ChannelTie> ties) {
  return {ChannelUse::kChannelwise, std::move(ties)};
}

NodeChannels equals(const Sides& sides) {
  std::vector<ChannelTie> ties;
  tie_equals(ties, 0, sides.in_channels());
  return channelwise(std::move(ties));
}

// An operand that is broadcast along the channels has no ties.
NodeChannels of_binary(const Sides& sides) {
  std::vector<ChannelTie> ties;
  for (const size_t input : {0, 1}) {
    if (sides.in_channels(input) == sides.out_channels()) tie_equals(ties, input, sides.out_channels());
  }
  return channelwise(std::move(ties));
}

NodeChannels of_depthwise(const Sides& sides) {
  std::vector<ChannelTie> ties;
  const int64_t per_input = sides.out_channels() / sides.in_channels();
  for (int64_t o = 0; o < sides.out_channels(); ++o) {
    ties.push_back({0, static_cast<int32_t>(o / per_input), static_cast<int32_t>(o)});
  }
  return channelwise(std::move(ties));
}

NodeChannels of_concat(const Sides& sides, const ops::Concat& concat) {
  const int rank = sides.out().rank();
  const bool along_channels = (concat.axis + rank) % rank == rank - 1;
  std::vector<ChannelTie> ties;
  int64_t offset = 0;
  for (size_t input = 0; input < sides.node.inputs.size(); ++input) {
    tie_equals(ties, input, sides.in_channels(input), offset);
    if (along_channels) offset += sides.in_channels(input);
  }
  return channelwise(std::move(ties));
}

// The shorter of the two last axes repeats within the longer one.
NodeChannels of_reshape(const Sides& sides) {
  const int64_t in = sides.in_channels();
  const int64_t out = sides.out_channels();
  if (in == 0 || out == 0 || std::max(in, out) % std::min(in, out) != 0) return {};
  std::vector<ChannelTie> ties;
  for (int64_t c = 0; c < std::max(in, out); ++c) {
    ties.push_back({0, static_cast<int32_t>(c % in), static_cast<int32_t>(c % out)});
  }
  return channelwise(std::move(ties));
}

NodeChannels of_slice(const Sides& sides, const ops::Slice& slice) {
  if (sides.in().rank() == 0 || slice.steps.back() != 1) return {};
  std::vector<ChannelTie> ties;
  for (int64_t c = 0; c < sides.out_channels(); ++c) {
    ties.push_back({0, static_cast<int32_t>(c + slice.begins.back()), static_cast<int32_t>(c)});
  }
  return channelwise(std::move(ties));
}

// Whether the operator leaves the last axis alone, which it may move along.
bool keeps_channels(const ops::AnyOp& op, int rank) {
  if (rank == 0) return false;
  if (const auto* pool = op.get_if<ops::AveragePool2d>()) return pool->layout == ops::Layout::kNhwc;
  if (const auto* pool = op.get_if<ops::MaxPool2d>()) return pool->layout == ops::Layout::kNhwc;
  if (const auto* mean = op.get_if<ops::Mean>()) {
    return std::ranges::none_of(mean->axes, [rank](int64_t axis) { return (axis + rank) % rank == rank - 1; });
  }
  if (const auto* pad = op.get_if<ops::Pad>()) {
    return pad->pads[static_cast<size_t>(rank) - 1] == 0 && pad->pads.back() == 0;
  }
  if (const auto* transpose = op.get_if<ops::Transpose>()) return transpose->perm.back() == rank - 1;
  return op.is_unary();
}

}  // namespace

bool is_depthwise(const Graph& graph, const Node& node) {
  const auto* conv = node.op.get_if<ops::Conv2d>();
  return conv && conv->layout == ops::Layout::kNhwc && !conv->planar_input && conv->groups > 1 &&
         conv->groups == channel_count(graph.value(node.inputs[0]));
}

NodeChannels channels_of(const Graph& graph, const Node& node) {
  if (node.outputs.size() != 1 || node.inputs.empty() || node.inputs[0] == ir::ValueId::kNone) return {};
  const Sides sides{graph, node};
  if (node.op.is<ops::Conv2d>() || node.op.is<ops::FullyConnected>()) {
    const LayerArithmetic arithmetic = layer_arithmetic(graph, node);
    if (arithmetic == LayerArithmetic::kOther) return {};
    if (!is_depthwise(graph, node)) return {ChannelUse::kDenseLayer, {}};
    // What a hybrid layer makes of a channel depends on all others.
    return arithmetic == LayerArithmetic::kHybrid ? NodeChannels{} : of_depthwise(sides);
  }
  if (node.op.is_binary()) return of_binary(sides);
  if (const auto* concat = node.op.get_if<ops::Concat>()) return of_concat(sides, *concat);
  if (node.op.is<ops::Reshape>()) return of_reshape(sides);
  if (const auto* slice = node.op.get_if<ops::Slice>()) return of_slice(sides, *slice);
  return keeps_channels(node.op, sides.in().rank()) ? equals(sides) : NodeChannels{};
}

}  // namespace tmc::opt
