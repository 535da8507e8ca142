// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/correction/score_factors.hpp"

#include <algorithm>

#include "tmc/ops/op/attention.hpp"
#include "tmc/quant/correction/smoothing_factors.hpp"

namespace tmc::quant {
namespace {

using Eigen::VectorXf;
using ir::Graph;
using ir::Node;
using ir::NodeId;
using ir::ValueId;

// Source of an operand that the attention alone reads, and once.
std::optional<ChannelSource> source_of(const Graph& graph, NodeId id, size_t operand) {
  const Node& node = graph.node(id);
  const ValueId value = node.inputs[operand];
  if (graph.only_user(value) != id || std::ranges::count(node.inputs, value) != 1) return std::nullopt;
  return find_source(graph, value);
}

// Of each channel of the queries that of the keys which it is multiplied with.
std::vector<size_t> key_channels(const Graph& graph, const Node& node) {
  const auto& attention = node.op.get<ops::Attention>();
  const auto size = static_cast<size_t>(graph.value(node.inputs[1]).type.shape.back() / attention.kv_heads);
  const auto shared = static_cast<size_t>(attention.heads / attention.kv_heads);
  std::vector<size_t> channels = own_channels(size * static_cast<size_t>(attention.heads));
  for (size_t& channel : channels) channel = channel / size / shared * size + channel % size;
  return channels;
}

VectorXf energy(const Eigen::MatrixXf& samples) {
  return samples.array().square().rowwise().mean();
}

// What all keys have in common moves a query's scores alike, which changes no softmax.
VectorXf variance(const Eigen::MatrixXf& samples) {
  return energy(samples.colwise() - VectorXf(samples.rowwise().mean()));
}

}  // namespace

std::optional<Scores> find_scores(const Graph& graph, NodeId id) {
  if (!graph.node(id).op.is<ops::Attention>()) return std::nullopt;
  auto queries = source_of(graph, id, 0), keys = source_of(graph, id, 1);
  if (!queries || !keys) return std::nullopt;
  return Scores{id, *std::move(queries), *std::move(keys)};
}

ScoreFactors score_factors(const Graph& graph, const Scores& scores, const ChannelSamples& queries,
                           const ChannelSamples& keys, const Scheme& scheme) {
  const std::vector<size_t> key_of = key_channels(graph, graph.node(scores.attention));
  const size_t channels = keys.largest.size();
  Ties ties(channels);
  ties.join(scores.keys, own_channels(channels));
  ties.join(scores.queries, key_of);
  std::vector<float> of_queries(channels);
  for (size_t i = 0; i < key_of.size(); ++i) {
    of_queries[key_of[i]] = std::max(of_queries[key_of[i]], queries.largest[i]);
  }
  const VectorXf query_energy = energy(queries.positions), key_variance = variance(keys.positions);
  const auto as_factors = [&](const std::vector<float>& by) {
    ScoreFactors factors{std::vector<float>(key_of.size()), by};
    for (size_t i = 0; i < key_of.size(); ++i) factors.queries[i] = by[key_of[i]];
    return factors;
  };
  const auto noise = [&](const ScoreFactors& factors) {
    std::vector<float> inverse = factors.keys;
    for (float& factor : inverse) factor = 1 / factor;
    const VectorXf lost_queries = energy(rounding_loss(queries.positions, factors.queries, scheme));
    const VectorXf lost_keys = energy(rounding_loss(keys.positions, inverse, scheme));
    double sum = 0;
    for (size_t i = 0; i < key_of.size(); ++i) {
      const auto q = static_cast<Eigen::Index>(i), k = static_cast<Eigen::Index>(key_of[i]);
      sum += static_cast<double>(lost_queries[q] * key_variance[k] + query_energy[q] * lost_keys[k]);
    }
    return sum;
  };
  Ties by_head = ties;
  const size_t size = channels / static_cast<size_t>(graph.node(scores.attention).op.get<ops::Attention>().kv_heads);
  for (size_t i = 0; i < channels; ++i) by_head.join(i, i / size * size);
  ScoreFactors best;
  double least = kWorthwhileShare * noise(as_factors(std::vector<float>(channels, 1)));
  for (const Ties& shared : {ties, by_head}) {
    for (const float exponent : kSmoothingExponents) {
      ScoreFactors factors = as_factors(smoothing_factors(of_queries, keys.largest, exponent, shared));
      const double of_these = noise(factors);
      if (!(of_these < least)) continue;
      least = of_these;
      best = std::move(factors);
    }
  }
  return best;
}

void move_factors(Graph& graph, const Scores& scores, const ScoreFactors& factors) {
  divide(graph, scores.queries, factors.queries);
  std::vector<float> inverse = factors.keys;
  for (float& factor : inverse) factor = 1 / factor;
  divide(graph, scores.keys, inverse);
}

}  // namespace tmc::quant
