// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/decoder/layer_moments.hpp"

#include <utility>

#include "tmc/ops/op/fully_connected.hpp"

namespace tmc::quant {
namespace {

constexpr int64_t kMostSecondMoments = int64_t{1} << 24;  // of all layers: 128 MB

}  // namespace

LayerMoments::LayerMoments(const ir::Graph& graph) {
  int64_t elements = 0;
  for (const ir::NodeId id : graph.order()) {
    const ir::Node& node = graph.node(id);
    if (!node.op.is<ops::FullyConnected>() || !graph.value(node.inputs[1]).is_constant()) continue;
    const std::string& name = graph.value(node.inputs[0]).name;
    const LayerShape shape{.groups = 1, .channels = 0, .length = graph.value(node.inputs[1]).type.shape[1]};
    if (sums_.contains(name) || elements + second_moments(shape) > kMostSecondMoments) continue;
    elements += second_moments(shape);
    sums_.emplace(name, MomentSum(shape, MomentOrder::kSecond));
  }
}

void LayerMoments::add(const std::string& tensor, std::span<const float> reals) {
  sums_.at(tensor).add(0, reals);
}

void LayerMoments::finish() {
  for (auto& [name, sum] : sums_) moments_.emplace(name, std::move(sum).finish());
  sums_.clear();
}

std::span<const double> LayerMoments::of(const std::string& tensor) const {
  const auto found = moments_.find(tensor);
  return found == moments_.end() ? std::span<const double>() : std::span<const double>(found->second.second);
}

}  // namespace tmc::quant
