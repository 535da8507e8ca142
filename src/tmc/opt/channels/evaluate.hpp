// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the kernels make of known values, channel by channel: small graphs for the evaluator. Whatever it cannot compute
// stays as unknown as it was.

#include <span>
#include <vector>

#include "tmc/ir/pass.hpp"
#include "tmc/opt/channels/layer_weights.hpp"
#include "tmc/opt/channels/node_channels.hpp"

namespace tmc::opt {

class ChannelEvaluator {
 public:
  // `evaluator` may be null.
  ChannelEvaluator(const ir::Graph& graph, ir::Evaluator* evaluator) : graph_(graph), evaluator_(evaluator) {}

  // Of an integer layer: the outputs between which those of sums within `sums` lie.
  void rescaled_sums(const ir::Node& layer, std::span<const ChannelRange> sums,
                     std::vector<ChannelRange>& outputs) const;
  // Of an operator on each integer of 8 or 16 bits by itself: the outputs of all integers within the ranges.
  void mapped_integers(const ir::Node& unary, std::span<const ChannelRange> inputs,
                       std::vector<ChannelRange>& outputs) const;
  // Of any channelwise operator: the channels that are made of constant ones only, where they are the same everywhere.
  void constant_channels(const ir::Node& node, const NodeChannels& channels,
                         const std::vector<const std::vector<ChannelRange>*>& inputs,
                         std::vector<ChannelRange>& outputs) const;

 private:
  // The elements of `output`'s type that `op` gives; none where it cannot be computed.
  std::vector<double> evaluate(const ops::AnyOp& op, const std::vector<ir::Value>& inputs,
                               const ir::Value& output) const;

  const ir::Graph& graph_;
  ir::Evaluator* evaluator_;
};

}  // namespace tmc::opt
