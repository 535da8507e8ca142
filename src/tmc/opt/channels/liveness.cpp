// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/opt/channels/liveness.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>

#include "tmc/opt/channels/node_channels.hpp"

namespace tmc::opt {
namespace {

using ir::Graph;
using ir::Node;
using ir::NodeId;
using ir::ValueId;

// The channels of all tensors, in sets of what stays or goes together.
class TiedChannels {
 public:
  explicit TiedChannels(const Graph& graph) {
    size_t count = 0;
    for (size_t id = 0; id < graph.value_count(); ++id) {
      first_.push_back(count);
      const ir::Value& value = graph.value(static_cast<ValueId>(id));
      if (!value.erased) count += static_cast<size_t>(channel_count(value));
    }
    parent_.resize(count);
    std::iota(parent_.begin(), parent_.end(), size_t{0});
    for (size_t id = 0; id + 1 < first_.size(); ++id) owner_.resize(first_[id + 1], static_cast<ValueId>(id));
    if (!first_.empty()) owner_.resize(count, static_cast<ValueId>(first_.size() - 1));
  }

  void tie(ValueId a, int64_t channel_a, ValueId b, int64_t channel_b) {
    parent_[set_of(a, channel_a)] = set_of(b, channel_b);
  }
  size_t set_of(ValueId id, int64_t channel) {
    return root(first_[static_cast<size_t>(id)] + static_cast<size_t>(channel));
  }
  size_t count() const { return parent_.size(); }

  struct Member {
    ValueId value;
    int64_t channel;
  };
  // Of every set, under its root; to be called once all is tied.
  std::vector<std::vector<Member>> members() {
    std::vector<std::vector<Member>> sets(parent_.size());
    for (size_t i = 0; i < parent_.size(); ++i) {
      sets[root(i)].push_back({owner_[i], static_cast<int64_t>(i - first_[static_cast<size_t>(owner_[i])])});
    }
    return sets;
  }

 private:
  size_t root(size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }

  std::vector<size_t> first_;  // by value id
  std::vector<size_t> parent_;
  std::vector<ValueId> owner_;
};

class Liveness {
 public:
  Liveness(const Graph& graph, const ChannelRanges& ranges) : graph_(graph), ranges_(ranges), tied_(graph) {
    for (const NodeId id : graph.order()) {
      const Node& node = graph.node(id);
      const NodeChannels channels = channels_of(graph, node);
      for (const ChannelTie& each : channels.ties) {
        tied_.tie(node.inputs[each.input], each.from, node.outputs[0], each.to);
      }
      if (channels.use == ChannelUse::kDenseLayer) layers_.emplace(id, LayerWeights(graph, node));
      pin_operands(node, channels);
    }
    sets_ = tied_.members();
    live_.resize(sets_.size());
  }

  KeptChannels run(int32_t multiple) {
    for (const ValueId id : graph_.inputs()) pinned_.push_back(id);
    for (const ValueId id : graph_.outputs()) pinned_.push_back(id);
    for (const ValueId id : pinned_) {
      for (int64_t c = 0; c < channel_count(graph_.value(id)); ++c) need(tied_.set_of(id, c));
    }
    spread();
    while (fill_up(multiple)) {
    }
    KeptChannels kept(graph_.value_count());
    for (const ValueId id : graph_.values()) kept[static_cast<size_t>(id)] = kept_of(id);
    return kept;
  }

 private:
  const ChannelRange& range_of(ValueId id, int64_t channel) const {
    return ranges_[static_cast<size_t>(id)][static_cast<size_t>(channel)];
  }

  // What no channel can go from on behalf of this node: all it touches, or the operands that have no ties. The input of
  // a dense layer is what this is about.
  void pin_operands(const Node& node, const NodeChannels& channels) {
    std::vector<bool> free(node.inputs.size());
    for (const ChannelTie& each : channels.ties) free[each.input] = true;
    if (channels.use == ChannelUse::kDenseLayer) free[0] = true;
    for (size_t i = 0; i < node.inputs.size(); ++i) {
      if (!free[i] && node.inputs[i] != ValueId::kNone) pinned_.push_back(node.inputs[i]);
    }
    if (channels.use == ChannelUse::kOpaque) pinned_.insert(pinned_.end(), node.outputs.begin(), node.outputs.end());
  }

  void need(size_t set) {
    if (!live_[set]) waiting_.push_back(set);
    live_[set] = true;
  }

  // From what stays to what it reads.
  void spread() {
    while (!waiting_.empty()) {
      const size_t set = waiting_.back();
      waiting_.pop_back();
      for (const TiedChannels::Member& member : sets_[set]) {
        const auto layer = layers_.find(graph_.value(member.value).producer);
        if (layer == layers_.end() || range_of(member.value, member.channel).is_constant()) continue;
        need_inputs(layer->second, graph_.node(layer->first).inputs[0], member.channel);
      }
    }
  }

  void need_inputs(const LayerWeights& weights, ValueId input, int64_t row) {
    const auto& ranges = ranges_[static_cast<size_t>(input)];
    const bool fits = folds_fit(weights, row, ranges);
    for (int64_t c = 0; c < weights.inputs(); ++c) {
      const ChannelRange& range = ranges[static_cast<size_t>(c)];
      const bool folds = can_fold(weights, range) && (fits || range.low == weights.zero());
      // A hybrid layer takes its scale from all.
      const bool counts = weights.arithmetic() == LayerArithmetic::kHybrid || weights.reads(row, c);
      if (counts && !folds) need(tied_.set_of(input, c));
    }
  }

  // Whether the bias has room for all that may be folded into it.
  static bool folds_fit(const LayerWeights& weights, int64_t row, const std::vector<ChannelRange>& ranges) {
    if (weights.arithmetic() != LayerArithmetic::kInteger) return true;
    double most = std::abs(weights.bias(row));
    for (int64_t c = 0; c < weights.inputs(); ++c) {
      const ChannelRange& range = ranges[static_cast<size_t>(c)];
      if (can_fold(weights, range)) most += std::abs(weights.contribution(row, c, range.low));
    }
    return most <= std::numeric_limits<int32_t>::max();
  }

  std::vector<int32_t> kept_of(ValueId id) {
    std::vector<int32_t> kept;
    for (int64_t c = 0; c < channel_count(graph_.value(id)); ++c) {
      if (live_[tied_.set_of(id, c)]) kept.push_back(static_cast<int32_t>(c));
    }
    return kept;
  }

  // Whether a channel was added anywhere.
  bool fill_up(int32_t multiple) {
    bool changed = false;
    for (const ValueId id : graph_.values()) {
      while (add_channel(id, multiple)) changed = true;
    }
    return changed;
  }

  // One more channel where a tensor has lost some and is no multiple: a constant one, or any where it has none at all.
  bool add_channel(ValueId id, int32_t multiple) {
    const int64_t total = channel_count(graph_.value(id));
    const auto kept = static_cast<int64_t>(kept_of(id).size());
    if (kept == total || (kept > 0 && kept % multiple == 0)) return false;
    int64_t chosen = kept == 0 ? 0 : total;
    for (int64_t c = total - 1; c >= 0; --c) {
      if (!live_[tied_.set_of(id, c)] && range_of(id, c).is_constant()) chosen = c;
    }
    if (chosen == total) return false;
    need(tied_.set_of(id, chosen));
    spread();
    return true;
  }

  const Graph& graph_;
  const ChannelRanges& ranges_;
  TiedChannels tied_;
  std::map<NodeId, LayerWeights> layers_;  // the dense ones
  std::vector<ValueId> pinned_;
  std::vector<std::vector<TiedChannels::Member>> sets_;
  std::vector<bool> live_;  // by set
  std::vector<size_t> waiting_;
};

}  // namespace

bool can_fold(const LayerWeights& weights, const ChannelRange& range) {
  if (!range.is_constant()) return false;
  const bool adds_nothing = range.low == weights.zero();
  return adds_nothing || (!weights.is_padded() && weights.arithmetic() != LayerArithmetic::kHybrid);
}

KeptChannels live_channels(const Graph& graph, const ChannelRanges& ranges, int32_t multiple) {
  return Liveness(graph, ranges).run(multiple);
}

}  // namespace tmc::opt
