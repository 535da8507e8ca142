// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/decoder/key_means.hpp"

#include <algorithm>
#include <cmath>

#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/cached_attention.hpp"
#include "tmc/ops/op/concat.hpp"
#include "tmc/ops/op/quantize.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/rotary_angles.hpp"
#include "tmc/ops/op/rotary_embedding.hpp"

namespace tmc::quant {
namespace {

using ir::Graph;
using ir::NodeId;
using ir::ValueId;
using Attention = ops::CachedAttention;
using Rotary = ops::RotaryEmbedding;

bool has_one_reader(const Graph& graph, ValueId id) {
  int64_t readers = std::ranges::count(graph.outputs(), id);
  for (const NodeId node : graph.order()) readers += std::ranges::count(graph.node(node).inputs, id);
  return readers == 1;
}

// Of what a value shows in another shape.
ValueId before_reshapes(const Graph& graph, ValueId id) {
  for (NodeId node = graph.producer_if<ops::Reshape>(id); node != NodeId::kNone;
       node = graph.producer_if<ops::Reshape>(id)) {
    id = graph.node(node).inputs[0];
  }
  return id;
}

// The node that turns all of what a value holds.
NodeId turning(const Graph& graph, ValueId id) {
  const NodeId node = graph.producer_if<Rotary>(before_reshapes(graph, id));
  if (node == NodeId::kNone) return node;
  const auto& op = graph.node(node).op.get<Rotary>();
  const Shape& x = graph.value(graph.node(node).inputs[0]).type.shape;
  return x[0] == 1 && op.heads * Rotary::turned(op, x) == x[2] ? node : NodeId::kNone;
}

// Whose values go from the node to its only reader, and on.
bool are_read_once(const Graph& graph, ValueId last, ValueId first) {
  for (ValueId id = last;; id = graph.node(graph.value(id).producer).inputs[0]) {
    if (!has_one_reader(graph, id)) return false;
    if (id == first) return true;
  }
}

ValueId add_floats(Graph& graph, const std::string& name, const Shape& shape, const std::vector<float>& values) {
  return graph.add_constant(name, {DType::kF32, shape}, ir::TensorData::of(std::span<const float>(values)));
}

}  // namespace

std::optional<TurnedKeys> turned_keys(const Graph& graph, NodeId attention) {
  const ir::Node& node = graph.node(attention);
  const NodeId key = turning(graph, node.inputs[Attention::kKey]);
  ValueId queries = node.inputs[Attention::kQuery];
  if (const NodeId both = graph.producer_if<ops::Concat>(queries); both != NodeId::kNone) {
    queries = graph.node(both).inputs[0];  // behind which are those of the sinks
  }
  const NodeId query = turning(graph, queries);
  if (key == NodeId::kNone || query == NodeId::kNone) return std::nullopt;
  const std::vector<ValueId>&of_key = graph.node(key).inputs, &of_query = graph.node(query).inputs;
  const auto &turn = graph.node(key).op.get<Rotary>(), &turn_of_query = graph.node(query).op.get<Rotary>();
  const NodeId angles = graph.producer_if<ops::RotaryAngles>(of_key[1]);
  if (angles == NodeId::kNone || of_key[1] != of_query[1] || of_key[2] != of_query[2] ||
      turn.interleaved != turn_of_query.interleaved ||
      !are_read_once(graph, node.inputs[Attention::kKey], graph.node(key).outputs[0])) {
    return std::nullopt;
  }
  const auto& op = graph.node(angles).op.get<ops::RotaryAngles>();
  if (op.window != 0) return std::nullopt;
  return TurnedKeys{query, key, turn.heads, static_cast<int32_t>(2 * std::ssize(op.steps)), turn.interleaved, op.steps};
}

void KeyMeanSeeker::add_queries(std::span<const float> row) {
  queries_.resize(row.size() / 2);
  for (int32_t at = 0; at < std::ssize(queries_); ++at) {
    const float* head = row.data() + at / pairs() * turned_.size;
    const int32_t i = at % pairs();
    float& most = queries_[static_cast<size_t>(at)];
    most = std::max(most, std::hypot(head[turned_.first_of(i)], head[turned_.second_of(i)]));
  }
}

KeyMean KeyMeanSeeker::found() const {
  const size_t width = static_cast<size_t>(turned_.kv_heads) * static_cast<size_t>(turned_.size);
  const size_t tokens = keys_.size() / width;
  std::vector<double> sums(width);
  for (size_t at = 0; at < keys_.size(); ++at) sums[at % width] += static_cast<double>(keys_[at]);
  KeyMean found;
  for (const double sum : sums) found.mean.push_back(static_cast<float>(sum / static_cast<double>(tokens)));
  const auto size_of = [&](const auto& value_at, int32_t head, int32_t i) {
    const int32_t first = head * turned_.size;
    return std::hypot(value_at(static_cast<size_t>(first + turned_.first_of(i))),
                      value_at(static_cast<size_t>(first + turned_.second_of(i))));
  };
  const auto heads_of_query = static_cast<int32_t>(std::ssize(queries_) / pairs());
  const int32_t group = heads_of_query / turned_.kv_heads;
  for (int32_t head = 0; head < turned_.kv_heads; ++head) {
    for (int32_t i = 0; i < pairs(); ++i) {
      for (size_t token = 0; token < tokens; ++token) {
        const auto less = [&](size_t at) { return keys_[token * width + at] - found.mean[at]; };
        found.most_key = std::max(found.most_key, size_of(less, head, i));
      }
      const float mean = size_of([&](size_t at) { return found.mean[at]; }, head, i);
      for (int32_t of = head * group; of < (head + 1) * group; ++of) {
        found.most_query = std::max(found.most_query, mean * queries_[static_cast<size_t>(of * pairs() + i)]);
      }
    }
  }
  return found;
}

Status keep_keys_less_mean(Graph& graph, NodeId attention, const TurnedKeys& turned, const KeyMean& of) {
  const std::string name = graph.value(graph.node(attention).outputs[0]).name;
  std::vector<float> less;
  for (const float value : of.mean) less.push_back(-value);
  const ValueId negative = add_floats(graph, name + ".less_mean", Shape::of(1, 1, std::ssize(less)), less);
  TMC_ASSIGN(graph.node(turned.key).inputs[0],
             graph.insert(turned.key, name + ".keys_less_mean", ops::Add{}, {turned.keys(graph), negative}));

  // Each head of queries turned by the mean of its keys in place of an angle.
  const Shape x = graph.value(turned.queries(graph)).type.shape;
  const int64_t tokens = x[1], heads = x[2] / turned.size, pairs = turned.size / 2;
  std::vector<float> cosines, sines;
  for (int64_t row = 0; row < tokens * heads; ++row) {
    const int64_t head = row % heads / (heads / turned.kv_heads);
    for (int32_t i = 0; i < pairs; ++i) {
      cosines.push_back(of.mean[static_cast<size_t>(head * turned.size + turned.first_of(i))]);
      sines.push_back(-of.mean[static_cast<size_t>(head * turned.size + turned.second_of(i))]);
    }
  }
  const Shape angles = Shape::of(tokens * heads, pairs);
  TMC_ASSIGN(const ValueId rows, graph.insert(attention, name + ".query_heads",
                                              ops::Reshape{{1, tokens * heads, turned.size}}, {turned.queries(graph)}));
  TMC_ASSIGN(const ValueId queries,
             graph.insert(attention, name + ".mean_query", Rotary{.heads = 1, .interleaved = turned.interleaved},
                          {rows, add_floats(graph, name + ".mean_first", angles, cosines),
                           add_floats(graph, name + ".mean_second", angles, sines)}));
  TMC_ASSIGN(const ValueId whole,
             graph.insert(attention, name + ".mean_query_rows", ops::Reshape{{tokens, x[2]}}, {queries}));
  const float scale = of.most_query > 0 ? of.most_query / 127 : 1;
  TMC_ASSIGN(const ValueId integers,
             graph.insert(attention, name + ".mean_query.int8", ops::Quantize{.ties_to_even = true}, {whole},
                          Quantization::per_tensor(scale, 0)));
  graph.node(attention).inputs.push_back(integers);
  Attention op = graph.node(attention).op.get<Attention>();
  op.interleaved = turned.interleaved;
  op.steps = turned.steps;
  graph.node(attention).op = op;
  return {};
}

}  // namespace tmc::quant
