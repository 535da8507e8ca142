// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Mixed precision: which nodes of a planned graph shall be more exact after all, by what the outputs gain when they
// are.

#include "tmc/quant/quantize.hpp"
#include "tmc/quant/repair/repair.hpp"

namespace tmc::quant {

// The graph as a session with the plan carried out.
Result<std::unique_ptr<Session>> open_quantized(const ir::Graph& graph, const Plan& plan, Runner& runner);

// The plan without these nodes, and without what only moved elements between them.
Plan without_nodes(const ir::Graph& graph, const Plan& plan, const std::set<ir::NodeId>& nodes);

// A node that becomes float, or whose weights get eight bits instead of four.
struct Relief {
  ir::NodeId node;
  bool to_float = false;
};

struct Mixture {
  ir::Graph graph;
  Plan plan;
};

// What was planned, as it is and with all weights in eight bits, before repairs learnt from the former's errors.
class Alternatives {
 public:
  Alternatives(const Work& work, const Mixture& eight_bit) : work_(&work), eight_bit_(&eight_bit) {}

  const Work& work() const { return *work_; }
  Mixture relieved(std::span<const Relief> reliefs) const;
  // Of the nodes of the plan that compute; and of the layers whose weights have four bits.
  std::vector<Relief> to_float() const;
  std::vector<Relief> to_eight_bit() const;
  // Names of the nodes that these leave in float, and of those with eight-bit weights for four-bit ones.
  std::vector<std::string> kept_float(std::span<const Relief> reliefs) const;
  std::vector<std::string> eight_bit(std::span<const Relief> reliefs) const;

 private:
  const Work* work_;
  const Mixture* eight_bit_;
};

// Those first that alone lower the outputs' error most. Runs the graph once for each of them, on at most
// kSensitivityRows of the judge's rows.
inline constexpr int64_t kSensitivityRows = 32;
Result<std::vector<Relief>> by_sensitivity(const Alternatives& alternatives, std::vector<Relief> reliefs, Session& real,
                                           const QuantizeInputs& inputs, const Judge& judge);

// Goes ever further along `reliefs` and prices each mixture. The cheapest that loses at most `max_drop` and fits is
// marked as chosen, by instructions, or by flash where the plan has weights in four bits; none may be.
Result<std::vector<FrontierPoint>> find_frontier(const Alternatives& alternatives, const std::vector<Relief>& reliefs,
                                                 const QuantizeInputs& inputs, const Judge& judge, double max_drop);

}  // namespace tmc::quant
