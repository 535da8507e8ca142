// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/correction/channel_source.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <span>

#include "tmc/ir/activation.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/normalization.hpp"
#include "tmc/ops/op/attention.hpp"
#include "tmc/ops/op/layer_norm.hpp"
#include "tmc/ops/op/matmul.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/rms_norm.hpp"
#include "tmc/ops/op/rotary_embedding.hpp"
#include "tmc/ops/op/slice.hpp"
#include "tmc/quant/correction/layer_constants.hpp"
#include "tmc/quant/integer_form.hpp"

namespace tmc::quant {
namespace {

using ir::Graph;
using ir::Node;
using ir::NodeId;
using ir::ValueId;

bool is_layer(const Node& node) {
  return integer_form(node.op) == IntegerForm::kLayer;
}

bool is_float_constant(const Graph& graph, ValueId id) {
  return graph.value(id).is_constant() && graph.value(id).type.dtype == DType::kF32;
}

// Scaling passes through: f(s x) = s f(x) for s > 0.
bool is_homogeneous(const ir::AnyOp& op) {
  const auto activation = ir::activation_of(op);
  return !activation || *activation == ops::Activation::kNone || *activation == ops::Activation::kRelu;
}

std::vector<size_t> composed(const std::vector<size_t>& at, const std::function<size_t(size_t)>& before) {
  std::vector<size_t> result(at.size());
  std::ranges::transform(at, result.begin(), before);
  return result;
}

// Goes from the activation to what makes it, and notes what is to be divided.
class Walk {
 public:
  Walk(const Graph& graph, ValueId activation)
      : graph_(graph), value_(activation), at_(own_channels(static_cast<size_t>(channels_of(activation)))) {}

  std::optional<ChannelSource> source() {
    while (step()) {
    }
    return ends_ ? std::optional(std::move(found_)) : std::nullopt;
  }

 private:
  int64_t channels_of(ValueId id) const {
    const Shape& shape = graph_.value(id).type.shape;
    return shape.rank() == 0 ? 0 : shape.back();
  }

  // To the value before, which nothing else reads; false: the walk is over.
  bool to(const Node& node, size_t input) {
    value_ = node.inputs[input];
    return graph_.only_user(value_) != NodeId::kNone && std::ranges::count(node.inputs, value_) == 1;
  }
  bool end() {
    ends_ = true;
    return false;
  }

  bool step() {
    const NodeId id = graph_.value(value_).producer;
    if (id == NodeId::kNone || channels_of(value_) == 0 || graph_.node(id).outputs.size() != 1) return false;
    const Node& node = graph_.node(id);
    if (!is_homogeneous(node.op)) return false;
    if (is_layer(node)) return at_layer(id);
    if (node.op.is<ops::LayerNorm>() || node.op.is<ops::RmsNorm>()) return at_norm(id);
    if (node.op.is<ops::Add>() || node.op.is<ops::Mul>()) return at_constant(id);
    if (node.op.is<ops::RotaryEmbedding>()) return through_rotary(node);
    if (node.op.is<ops::Reshape>()) return through_reshape(node);
    if (node.op.is<ops::Attention>()) return through_attention(node);
    const auto* product = node.op.get_if<ops::Matmul>();
    const bool mixes_positions =
        product != nullptr && !product->transpose_b && is_float_constant(graph_, node.inputs[0]);
    return mixes_positions && to(node, 1);
  }

  bool at_layer(NodeId id) {
    const ValueId weights = graph_.node(id).inputs[1];
    if (!is_float_constant(graph_, weights) || graph_.value(weights).type.shape[0] != channels_of(value_)) return false;
    found_.constants.push_back({id, 1, true, at_});
    return end();
  }

  // Of the scale, which may be absent, and the bias.
  bool at_norm(NodeId id) {
    const Node& node = graph_.node(id);
    const auto* layer_norm = node.op.get_if<ops::LayerNorm>();
    const int32_t axis = layer_norm != nullptr ? layer_norm->axis : node.op.get<ops::RmsNorm>().axis;
    if (ops::normalized_rows(axis, graph_.value(value_).type.shape).depth != channels_of(value_)) return false;
    found_.constants.push_back({id, 1, false, at_});
    if (node.inputs.size() > 2 && node.inputs[2] != ValueId::kNone) found_.constants.push_back({id, 2, false, at_});
    return std::ranges::all_of(
               std::span(node.inputs).subspan(1),
               [&](ValueId constant) { return constant == ValueId::kNone || is_float_constant(graph_, constant); }) &&
           end();
  }

  // A factor by channel is where a norm ends; behind an addend it goes on.
  bool at_constant(NodeId id) {
    const Node& node = graph_.node(id);
    const int64_t channels = channels_of(value_);
    for (const size_t i : {0, 1}) {
      if (!is_float_constant(graph_, node.inputs[i]) || channels_of(node.inputs[i]) != channels) continue;
      const bool is_per_channel = graph_.value(node.inputs[i]).type.shape.elements() == channels;
      found_.constants.push_back({id, i, false, at_});
      if (node.op.is<ops::Mul>()) return is_per_channel && end();
      return channels_of(node.inputs[1 - i]) == channels && to(node, 1 - i);
    }
    return false;
  }

  bool through_rotary(const Node& node) {
    const auto& rotary = node.op.get<ops::RotaryEmbedding>();
    const Shape& x = graph_.value(node.inputs[0]).type.shape;
    const auto size = static_cast<size_t>(x.back() / rotary.heads);
    const auto half = static_cast<size_t>(ops::RotaryEmbedding::turned(rotary, x)) / 2;
    const auto partner = [&](size_t channel) {
      const size_t in_head = channel % size;
      if (in_head >= 2 * half) return channel;
      if (rotary.interleaved) return channel - in_head + (in_head ^ size_t{1});
      return in_head < half ? channel + half : channel - half;
    };
    std::vector<size_t> first(static_cast<size_t>(x.back()), at_.size());  // of the activation, by channel here
    for (size_t i = at_.size(); i-- > 0;) first[at_[i]] = i;
    for (size_t i = 0; i < at_.size(); ++i) {
      const size_t other = first[partner(at_[i])];
      if (other < at_.size()) found_.tied.emplace_back(i, other);
    }
    return to(node, 0);
  }

  // Heads of one size that were apart may have been put side by side.
  bool through_reshape(const Node& node) {
    const auto before = static_cast<size_t>(channels_of(node.inputs[0]));
    if (before == 0 || static_cast<size_t>(channels_of(value_)) % before != 0) return false;
    at_ = composed(at_, [&](size_t channel) { return channel % before; });
    return to(node, 0);
  }

  // Every head's output is a mean of its values.
  bool through_attention(const Node& node) {
    const auto& attention = node.op.get<ops::Attention>();
    const auto size = static_cast<size_t>(channels_of(node.inputs[2]) / attention.kv_heads);
    const auto shared = static_cast<size_t>(attention.heads / attention.kv_heads);
    at_ = composed(at_, [&](size_t channel) { return channel / size / shared * size + channel % size; });
    return to(node, 2);
  }

  const Graph& graph_;
  ValueId value_;
  std::vector<size_t> at_;
  ChannelSource found_;
  bool ends_ = false;
};

// Whether the node gives its input's channels, each for itself.
bool keeps_channels(const Graph& graph, const Node& node) {
  if (node.inputs.empty() || node.inputs[0] == ValueId::kNone) return false;
  const Shape &before = graph.value(node.inputs[0]).type.shape, &after = graph.value(node.outputs[0]).type.shape;
  if (after.rank() == 0 || after.back() != before.back()) return false;
  if (const auto* mean = node.op.get_if<ops::Mean>()) {
    return !mean->axes.empty() &&
           std::ranges::none_of(mean->axes, [&](int64_t axis) { return axis == -1 || axis == before.rank() - 1; });
  }
  const auto* slice = node.op.get_if<ops::Slice>();
  return node.op.is<ops::Reshape>() || (slice != nullptr && slice->steps.back() > 0);
}

bool collect_readers(const Graph& graph, ValueId value, std::vector<NodeId>& readers) {
  if (graph.is_output(value)) return false;
  return std::ranges::all_of(graph.users(value), [&](NodeId id) {
    const Node& node = graph.node(id);
    if (node.inputs[0] != value || std::ranges::count(node.inputs, value) != 1) return false;
    if (!is_layer(node)) return keeps_channels(graph, node) && collect_readers(graph, node.outputs[0], readers);
    readers.push_back(id);
    return is_float_constant(graph, node.inputs[1]);
  });
}

}  // namespace

std::vector<size_t> own_channels(size_t channels) {
  std::vector<size_t> own(channels);
  std::iota(own.begin(), own.end(), size_t{0});
  return own;
}

std::optional<ChannelSource> find_source(const Graph& graph, ValueId activation) {
  return Walk(graph, activation).source();
}

ValueId channels_root(const Graph& graph, ValueId value) {
  for (NodeId id = graph.value(value).producer; id != NodeId::kNone; id = graph.value(value).producer) {
    if (!keeps_channels(graph, graph.node(id))) break;
    value = graph.node(id).inputs[0];
  }
  return value;
}

std::optional<std::vector<NodeId>> find_readers(const Graph& graph, ValueId activation) {
  std::vector<NodeId> readers;
  if (!collect_readers(graph, activation, readers) || readers.empty()) return std::nullopt;
  return readers;
}

void divide(Graph& graph, const ChannelSource& source, const std::vector<float>& factors) {
  for (const Divided& divided : source.constants) {
    const Node& node = graph.node(divided.node);
    const bool is_absent = node.inputs.size() <= divided.index || node.inputs[divided.index] == ValueId::kNone;
    Shape shape = Shape::of(graph.value(node.inputs[0]).type.shape.back());
    std::vector<float> elements(static_cast<size_t>(shape.back()), 1);
    if (!is_absent) {
      shape = graph.value(node.inputs[divided.index]).type.shape;
      elements = graph.value(node.inputs[divided.index]).data->to_vector<float>();
    }
    std::vector<float> of_constant(static_cast<size_t>(divided.is_layer ? shape[0] : shape.back()), 1);
    for (size_t i = 0; i < divided.at.size(); ++i) of_constant[divided.at[i]] = factors[i];
    if (divided.is_layer) {
      divide_outputs(graph, divided.node, of_constant);
      continue;
    }
    for (size_t i = 0; i < elements.size(); ++i) elements[i] /= of_constant[i % of_constant.size()];
    replace_constant(graph, divided.node, divided.index, shape, elements);
  }
}

Ties::Ties(size_t channels) : parents_(own_channels(channels)) {}

size_t Ties::of(size_t channel) const {
  while (parents_[channel] != channel) channel = parents_[channel];
  return channel;
}

void Ties::join(const ChannelSource& source, const std::vector<size_t>& channel_of) {
  for (const auto& [a, b] : source.tied) join(channel_of[a], channel_of[b]);
  for (const Divided& divided : source.constants) {
    std::vector<size_t> first(divided.at.size() == 0 ? 0 : 1 + std::ranges::max(divided.at), channel_of.size());
    for (size_t i = 0; i < divided.at.size(); ++i) {
      size_t& found = first[divided.at[i]];
      if (found == channel_of.size()) found = i;
      join(channel_of[found], channel_of[i]);
    }
  }
}

void Ties::take_largest(std::vector<float>& values) const {
  std::vector<float> largest(values.size());
  for (size_t i = 0; i < values.size(); ++i) largest[of(i)] = std::max(largest[of(i)], values[i]);
  for (size_t i = 0; i < values.size(); ++i) values[i] = largest[of(i)];
}

}  // namespace tmc::quant
