// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Takes channels out that carry nothing: those whose value is the same for every input, since they have no weights or
// are clamped to one value over the proven range of their sum, and those that nobody reads. What a constant adds to the
// next sums goes into their biases, in exact integers, or in float as fold_affine does; where it cannot, because
// windows reach into padding of another value, the channel stays. Graph inputs and outputs keep all their channels.
//
// Where a tensor loses channels, constant ones may stay to make up the multiple that the context asks for.

#include "tmc/opt/channels/node_channels.hpp"
#include "tmc/opt/channels/shrink.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

using ir::Graph;
using ir::NodeId;

// Of all layers.
ir::RemovedWork work_of(const Graph& graph) {
  ir::RemovedWork work;
  for (const NodeId id : graph.order()) {
    const ir::Node& node = graph.node(id);
    if (layer_arithmetic(graph, node) == LayerArithmetic::kOther) continue;
    work.channels += channel_count(graph.value(node.outputs[0]));
    work.weights += graph.value(node.inputs[1]).type.shape.elements();
    work.macs += graph.macs(id);
  }
  return work;
}

// The computed tensors that lose channels.
std::map<std::string, ir::RemovedWork::Cut> cuts_of(const Graph& graph, const KeptChannels& kept) {
  std::map<std::string, ir::RemovedWork::Cut> cuts;
  for (const ir::ValueId id : graph.values()) {
    const ir::Value& value = graph.value(id);
    const std::vector<int32_t>& left = kept[static_cast<size_t>(id)];
    const bool loses = static_cast<int64_t>(left.size()) < channel_count(value);
    if (loses && !value.is_constant()) cuts[value.name] = {channel_count(value), left};
  }
  return cuts;
}

// A tensor may have lost channels before: then `kept` counts those that were left.
void add_cut(ir::RemovedWork& removed, const std::string& name, ir::RemovedWork::Cut cut) {
  const auto [place, is_new] = removed.tensors.try_emplace(name, cut);
  if (is_new) return;
  for (int32_t& channel : cut.kept) channel = place->second.kept[static_cast<size_t>(channel)];
  place->second.kept = std::move(cut.kept);
}

Status run_remove_channels(Graph& graph, const ir::PassContext& context) {
  const ChannelRanges ranges = channel_ranges(graph, context.evaluator);
  const KeptChannels kept = live_channels(graph, ranges, context.channel_multiple);
  const std::map<std::string, ir::RemovedWork::Cut> cuts = cuts_of(graph, kept);
  if (cuts.empty()) return {};
  const ir::RemovedWork before = work_of(graph);
  TMC_TRY(shrink_channels(graph, ranges, kept));
  if (!context.removed) return {};
  const ir::RemovedWork after = work_of(graph);
  context.removed->channels += before.channels - after.channels;
  context.removed->weights += before.weights - after.weights;
  context.removed->macs += before.macs - after.macs;
  for (const auto& [name, cut] : cuts) add_cut(*context.removed, name, cut);
  return {};
}

}  // namespace

extern const ir::Pass remove_channels;
const ir::Pass remove_channels = {
    "remove_channels", "Removes channels that are the same for every input or that nobody reads.", run_remove_channels};

}  // namespace tmc::opt
