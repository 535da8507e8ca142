// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Mixed precision: which nodes and tensors of a planned graph shall be more exact after all, by what the outputs gain
// when they are.

#include "tmc/quant/correction/correction.hpp"
#include "tmc/quant/quantize.hpp"

namespace tmc::quant {

// The graph as a session with the plan carried out.
Result<std::unique_ptr<Session>> open_quantized(const ir::Graph& graph, const Plan& plan, Runner& runner);

// The plan without these nodes, and without what only moved elements between them.
Plan without_nodes(const ir::Graph& graph, const Plan& plan, const std::set<ir::NodeId>& nodes);

enum class ReliefKind : uint8_t {
  kEightBitWeights,    // of a node, instead of four
  kSixteenBitTensors,  // instead of eight
  kFloat,              // a node
};

struct Relief {
  ReliefKind kind;
  ir::NodeId node = ir::NodeId::kNone;
  std::vector<ir::ValueId> tensors = {};  // that share one scale
};

struct Mixture {
  ir::Graph graph;
  Plan plan;
};

// What was planned, as it is; with all weights in eight bits, before corrections learnt from the former's errors; and
// the same with all activations in 16 bits.
class Alternatives {
 public:
  Alternatives(const Work& work, const Mixture& eight_bit, const Plan& sixteen_bit)
      : work_(&work), eight_bit_(&eight_bit), sixteen_bit_(&sixteen_bit) {}

  const Work& work() const { return *work_; }
  Mixture relieved(std::span<const Relief> reliefs) const;
  // Of the nodes of the plan that compute; of the layers whose weights have four bits; of tensors that have eight.
  std::vector<Relief> to_float() const;
  std::vector<Relief> to_eight_bit() const;
  std::vector<Relief> to_sixteen_bit() const;

 private:
  void give_eight_bits(Mixture& mixture, ir::NodeId layer) const;
  void fit_constants(Mixture& mixture) const;

  const Work* work_;
  const Mixture* eight_bit_;
  const Plan* sixteen_bit_;
};

// Writes the names of what these relieve into `kept_float`, `eight_bit` and `sixteen_bit` of a report or a point of
// its frontier.
template <typename Names>
void name_reliefs(const ir::Graph& graph, std::span<const Relief> reliefs, Names& names) {
  std::set<ir::NodeId> floats;
  for (const Relief& relief : reliefs) {
    if (relief.kind == ReliefKind::kFloat) floats.insert(relief.node);
  }
  for (const Relief& relief : reliefs) {
    const bool is_float = floats.contains(relief.node);
    if (relief.kind == ReliefKind::kFloat) names.kept_float.push_back(graph.node(relief.node).name);
    if (relief.kind == ReliefKind::kEightBitWeights && !is_float) {
      names.eight_bit.push_back(graph.node(relief.node).name);
    }
    for (const ir::ValueId tensor : relief.tensors) names.sixteen_bit.push_back(graph.value(tensor).name);
  }
}

// Those first that alone lower the outputs' error most. Runs the graph once for each of them, on at most
// kSensitivityRows of the judge's rows.
inline constexpr int64_t kSensitivityRows = 32;
Result<std::vector<Relief>> by_sensitivity(const Alternatives& alternatives, std::vector<Relief> reliefs, Session& real,
                                           const QuantizeInputs& inputs, const Judge& judge);

// Reliefs in the order in which they are added: `first`, then those of one of the ways on.
struct ReliefPaths {
  std::vector<Relief> first;
  std::vector<std::vector<Relief>> ways;

  std::vector<Relief> reliefs(const FrontierPoint& point) const;
};

// Goes ever further along the paths and prices each mixture. The cheapest that loses at most `max_drop` and fits is
// marked as chosen, by instructions, or by flash where the plan has weights in four bits; none may be.
Result<std::vector<FrontierPoint>> find_frontier(const Alternatives& alternatives, const ReliefPaths& paths,
                                                 const QuantizeInputs& inputs, const Judge& judge, double max_drop);

}  // namespace tmc::quant
