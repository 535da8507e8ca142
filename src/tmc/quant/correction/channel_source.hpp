// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Factors per channel that move between operators of a float graph without changing what it computes: where a channel
// (of the last axis) of an activation may be divided, and which layers may multiply it again.

#include <optional>
#include <utility>
#include <vector>

#include "tmc/ir/graph.hpp"

namespace tmc::quant {

// What one node has by channel.
struct Divided {
  ir::NodeId node = ir::NodeId::kNone;
  size_t index = 0;  // of its inputs, a constant; of a layer the weights, and with them goes the bias
  bool is_layer = false;
  std::vector<size_t> at;  // of each channel of the activation that of the constant's
};

// Where the division goes, together. Two channels of the activation that are one channel there have one factor, and so
// have the two that a rotary embedding turns into each other.
struct ChannelSource {
  std::vector<Divided> constants;
  std::vector<std::pair<size_t, size_t>> tied;
};

// A layer that clamps nothing below infinity, a norm of rows, or constants by channel at the end of a decomposed one;
// through attention (whose values these are), rotary positions, products with a constant over positions, addends by
// channel and reshapes that keep channels apart. Nothing where another reader would see the division on the way. Who
// reads the activation itself is the caller's question.
std::optional<ChannelSource> find_source(const ir::Graph& graph, ir::ValueId activation);

// The activation whose channels the value has, behind what leaves them what they are.
ir::ValueId channels_root(const ir::Graph& graph, ir::ValueId value);

// The layers that read the activation, behind what leaves its channels what they are; nothing where anything else does
// or it is an output.
std::optional<std::vector<ir::NodeId>> find_readers(const ir::Graph& graph, ir::ValueId activation);

// Divides channel i of the activation by factors[i]; those that are tied are equal.
void divide(ir::Graph& graph, const ChannelSource& source, const std::vector<float>& factors);

// Of channels of an activation, or of two activations that share factors.
class Ties {
 public:
  explicit Ties(size_t channels);
  void join(size_t a, size_t b) { parents_[of(a)] = of(b); }
  // A number that all channels of one factor have.
  size_t of(size_t channel) const;
  // The source's channels, those of the activation at `channel_of(i)`.
  void join(const ChannelSource& source, const std::vector<size_t>& channel_of);
  // Every value becomes the largest of those tied to it.
  void take_largest(std::vector<float>& values) const;

 private:
  std::vector<size_t> parents_;
};

// 0, 1, 2, ...
std::vector<size_t> own_channels(size_t channels);

}  // namespace tmc::quant
