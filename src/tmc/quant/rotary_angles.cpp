// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/rotary_angles.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "tmc/ir/constant_reals.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/dequantize.hpp"
#include "tmc/ops/op/lookup.hpp"
#include "tmc/ops/op/quantize.hpp"
#include "tmc/ops/op/rotary_embedding.hpp"
#include "tmc/quant/qdq.hpp"

namespace tmc::quant {
namespace {

using ir::Graph;
using ir::Node;
using ir::NodeId;
using ir::ValueId;

constexpr double kUnbounded = std::numeric_limits<double>::infinity();
constexpr int kMostSteps = 48;  // over which angles are followed back
constexpr size_t kCosine = 1, kSine = 2;

// The constant that holds the value, of reals or of integers; kNone where it is computed.
ValueId constant_of(const Graph& graph, ValueId id) {
  const ValueId source = graph.value(id).is_constant() ? id : quantized_source(graph, id);
  return source != ValueId::kNone && graph.value(source).is_constant() ? source : ValueId::kNone;
}

// What no element of a value is above, without its sign.
class Bounds {
 public:
  explicit Bounds(const Graph& graph) : graph_(graph) {}

  double of(ValueId id) {
    if (const ValueId constant = constant_of(graph_, id); constant != ValueId::kNone) return of_constant(constant);
    if (graph_.value(id).producer == NodeId::kNone || ++steps_ > kMostSteps) return kUnbounded;
    const Node& node = graph_.node(graph_.value(id).producer);
    const ops::OpInfo& info = node.op.info();
    if (std::isfinite(info.low) && std::isfinite(info.high)) return std::max(std::abs(info.low), std::abs(info.high));
    if (node.op.is<ops::Lookup>() || node.op.is<ops::Neg>()) return of(node.inputs[0]);
    if (node.op.is<ops::Mul>()) return of(node.inputs[0]) * of(node.inputs[1]);
    if (node.op.is<ops::Dequantize>()) return of_integers(graph_.value(node.inputs[0]));
    if (!node.op.moves_elements()) return kUnbounded;
    double most = 0;
    for (const ValueId input : node.inputs) most = std::max(most, of(input));
    return most;
  }

 private:
  double of_constant(ValueId id) const {
    double most = 0;
    for (const float real : ir::constant_reals(graph_.value(id))) {
      if (!std::isfinite(real)) return kUnbounded;
      most = std::max(most, std::abs(static_cast<double>(real)));
    }
    return most;
  }
  static double of_integers(const ir::Value& integers) {
    if (integers.type.dtype != DType::kI8 || integers.quantization.per_axis()) return kUnbounded;
    const double most = 128 + std::abs(static_cast<double>(integers.quantization.zero_point()));
    return most * static_cast<double>(integers.quantization.scale());
  }

  const Graph& graph_;
  int steps_ = 0;
};

Result<ValueId> integers_of(Graph& graph, NodeId node, ValueId angles, const Quantization& units) {
  const std::string name = graph.value(angles).name + "_in_units";
  const ValueId constant = constant_of(graph, angles);
  if (constant == ValueId::kNone) {
    return graph.insert(node, name, ops::Quantize{.dtype = DType::kI16, .ties_to_even = true}, {angles}, units);
  }
  std::vector<int16_t> integers;
  for (const float real : ir::constant_reals(graph.value(constant))) {
    integers.push_back(
        static_cast<int16_t>(std::lround(static_cast<double>(real) / static_cast<double>(units.scale()))));
  }
  return graph.add_constant(name, {DType::kI16, graph.value(angles).type.shape}, ir::TensorData::of<int16_t>(integers),
                            units);
}

}  // namespace

Result<std::optional<std::vector<ValueId>>> integer_angles(Graph& graph, NodeId node, double ratio) {
  const std::vector<ValueId> inputs = graph.node(node).inputs;
  const double most = std::max({1.0, Bounds(graph).of(inputs[kCosine]), Bounds(graph).of(inputs[kSine])});
  int32_t shift = ops::RotaryEmbedding::kMostShift;
  while (shift > 0 && !(std::ldexp(most * ratio, shift) <= INT16_MAX)) --shift;
  if (shift == 0) return std::optional<std::vector<ValueId>>();
  const auto units = Quantization::per_tensor(static_cast<float>(1 / std::ldexp(ratio, shift)), 0);
  TMC_ASSIGN(const ValueId cosine, integers_of(graph, node, inputs[kCosine], units));
  TMC_ASSIGN(const ValueId sine,
             inputs[kSine] == inputs[kCosine] ? cosine : integers_of(graph, node, inputs[kSine], units));
  return std::optional(std::vector{cosine, sine});
}

std::set<NodeId> makers_of_angles(const Graph& graph) {
  std::set<NodeId> makers;
  std::vector<ValueId> waiting;
  for (const NodeId id : graph.order()) {
    const Node& node = graph.node(id);
    if (node.op.is<ops::RotaryEmbedding>()) waiting.insert(waiting.end(), {node.inputs[kCosine], node.inputs[kSine]});
  }
  while (!waiting.empty()) {
    const ValueId id = waiting.back();
    waiting.pop_back();
    if (id == ValueId::kNone || graph.value(id).type.dtype != DType::kF32) continue;
    const NodeId producer = graph.value(id).producer;
    if (producer == NodeId::kNone || !makers.insert(producer).second) continue;
    const std::vector<ValueId>& inputs = graph.node(producer).inputs;
    waiting.insert(waiting.end(), inputs.begin(), inputs.end());
  }
  return makers;
}

}  // namespace tmc::quant
