// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a node does with the channels of its operands. A channel is an index along the last axis of a tensor; a scalar
// has none.

#include <cstdint>
#include <vector>

#include "tmc/ir/graph.hpp"

namespace tmc::opt {

enum class ChannelUse : uint8_t {
  kOpaque,       // mixes channels in a way of its own: all of them count, on either side
  kDenseLayer,   // every output channel sums over the input channels, with weights
  kChannelwise,  // an output channel is made of the input channels that `ties` names; without one, none can go
};

// Channel `from` of the node's input `input` stays or goes with channel `to` of its output.
struct ChannelTie {
  size_t input;
  int32_t from, to;
};

struct NodeChannels {
  ChannelUse use = ChannelUse::kOpaque;
  std::vector<ChannelTie> ties;
};

// Extent of the last axis; 0 for a scalar.
inline int64_t channel_count(const ir::Value& value) {
  return value.type.shape.rank() == 0 ? 0 : value.type.shape.back();
}

NodeChannels channels_of(const ir::Graph& graph, const ir::Node& node);

// Whether the node is a convolution in which every input channel is a group of its own.
bool is_depthwise(const ir::Graph& graph, const ir::Node& node);

}  // namespace tmc::opt
