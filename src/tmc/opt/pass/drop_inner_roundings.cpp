// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Files of quantise/dequantise pairs that are made of decomposed attention, norms and activations round between all of
// their steps. Here the pairs between steps that would be one operator go, and the constants of these steps become
// reals; those in front of the operator and behind it stay, so that it is an operator on integers in the end. What the
// steps would be is found out on a copy of the graph without any pair. Results are as the operators round them, which
// is nearer to the float model and not what a runtime has that rounds at each step (docs/recognition.md).
//
// Behind such an operator a pair also goes where the same one follows a move of elements, which is the same in bits.

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "tmc/ops/op/dequantize.hpp"
#include "tmc/ops/op/matmul.hpp"
#include "tmc/ops/op/quantize.hpp"
#include "tmc/opt/layer.hpp"
#include "tmc/opt/match.hpp"
#include "tmc/opt/passes.hpp"
#include "tmc/opt/uses.hpp"

namespace tmc::opt {
namespace {

using ir::Graph;
using ir::Node;
using ir::NodeId;
using ir::ValueId;

// The first takes out the quantise nodes, which read the steps as well.
constexpr const char* kFusing[] = {"remove_dead_code", "fuse_gelu",       "fuse_silu",
                                   "fuse_norms",       "fuse_rotary",     "fully_connected_to_matmul",
                                   "fuse_attention",   "remove_dead_code"};
constexpr int64_t kMostElements = 1 << 22;  // of a constant that becomes reals

// A dequantised tensor, and the reals or the constant that it was made of.
struct Pair {
  ValueId real = ValueId::kNone;    // dequantised
  ValueId before = ValueId::kNone;  // of which the integers were made; kNone: they are a constant
  ValueId integers = ValueId::kNone;
};

std::optional<Pair> pair_of(const Graph& graph, NodeId id) {
  const Node& node = graph.node(id);
  if (!node.op.is<ops::Dequantize>()) return std::nullopt;
  Pair pair{node.outputs[0], ValueId::kNone, node.inputs[0]};
  const ir::Value &integers = graph.value(pair.integers), &real = graph.value(pair.real);
  if (real.type.dtype != DType::kF32) return std::nullopt;
  if (integers.is_constant() && real.type.shape.elements() <= kMostElements) return pair;
  const NodeId quantize = graph.producer_if<ops::Quantize>(pair.integers);
  if (quantize == NodeId::kNone) return std::nullopt;
  pair.before = graph.node(quantize).inputs[0];
  return graph.value(pair.before).type == real.type ? std::optional(pair) : std::nullopt;
}

ir::TensorData reals_of(const Graph& graph, const Pair& pair) {
  const std::vector<float> reals = ir::constant_reals(graph.value(pair.integers));
  return ir::TensorData::of(std::span(reals));
}

// The graph as it would be without pairs, and with operators in place of steps. Nodes keep their ids.
struct Trial {
  Graph graph;
  std::set<std::string> results;  // of operators; where one reads another's, it does so before its moves
  std::set<std::string> living;   // names that are left

  bool replaced(NodeId id) const { return graph.node(id).erased; }
  // Whether steps compute it that become part of an operator. The result of such an operator has its name.
  bool is_inner(ValueId id, const std::string& name) const {
    return graph.value(id).erased && !living.contains(name) && !results.contains(name);
  }
};

Result<Trial> without_pairs(const Graph& graph, const ir::PassContext& context) {
  Trial trial{graph, {}, {}};
  const NodeId last = graph.order().empty() ? NodeId::kNone : *std::ranges::max_element(graph.order());
  for (const NodeId id : graph.order()) {
    const std::optional<Pair> pair = pair_of(trial.graph, id);
    if (!pair) continue;
    if (pair->before != ValueId::kNone) {
      trial.graph.replace_uses(pair->real, pair->before);
    } else {
      trial.graph.set_constant(pair->real, reals_of(trial.graph, *pair));
    }
  }
  for (const char* name : kFusing) {
    TMC_TRY(ir::find_pass(all_passes(), name)->run(trial.graph, context));
    for (const NodeId id : trial.graph.order()) {
      if (id > last) trial.results.insert(trial.graph.value(trial.graph.node(id).outputs[0]).name);
    }
  }
  for (const ValueId id : trial.graph.values()) trial.living.insert(trial.graph.value(id).name);
  return trial;
}

class Dropper {
 public:
  Dropper(Graph& graph, const Trial& trial) : graph_(graph), trial_(trial), uses_(graph) {}

  void run() {
    const std::vector<NodeId> order = graph_.order();
    for (const NodeId id : order) {
      const std::optional<Pair> pair = graph_.node(id).erased ? std::nullopt : pair_of(graph_, id);
      if (!pair) continue;
      if (pair->before == ValueId::kNone) {
        give_reals(*pair);
      } else if (trial_.is_inner(pair->before, graph_.value(pair->before).name) || moves_on(*pair)) {
        graph_.replace_uses(pair->real, pair->before);
        graph_.erase_unused(pair->real);
      }
    }
  }

 private:
  // Steps that are part of an operator read reals; products of activations keep their integers.
  void give_reals(const Pair& pair) {
    ValueId reals = ValueId::kNone;
    for (const NodeId user : uses_.of(pair.real)) {
      Node& node = graph_.node(user);
      if (node.erased || !trial_.replaced(user) || node.op.is<ops::Matmul>() || channel_axis(graph_, node) >= 0)
        continue;
      if (reals == ValueId::kNone) {
        const ir::Value value = graph_.value(pair.real);
        reals = graph_.add_constant(value.name + "_reals", value.type, reals_of(graph_, pair));
      }
      std::ranges::replace(graph_.node(user).inputs, pair.real, reals);
    }
    graph_.erase_unused(pair.real);
  }

  // Whether a move of an operator's result is all that reads the pair, and is followed by the same one.
  bool moves_on(const Pair& pair) {
    const NodeId producer = graph_.value(pair.before).producer;
    if (producer == NodeId::kNone || (!trial_.replaced(producer) && !moved_.contains(pair.before))) return false;
    const NodeId mover = uses_.only(pair.real);
    if (mover == NodeId::kNone || uses_.only(pair.before) == NodeId::kNone) return false;
    const Node& node = graph_.node(mover);
    if (!node.op.moves_elements() || node.inputs.size() != 1 || node.outputs.size() != 1) return false;
    const ValueId moved = node.outputs[0];
    const NodeId next = uses_.only(moved);
    if (trial_.is_inner(moved, graph_.value(moved).name) || next == NodeId::kNone ||
        !graph_.node(next).op.is<ops::Quantize>())
      return false;
    const ir::Value &here = graph_.value(pair.integers), &there = graph_.value(graph_.node(next).outputs[0]);
    if (here.type.dtype != there.type.dtype || here.quantization != there.quantization ||
        here.quantization.per_axis()) {
      return false;
    }
    moved_.insert(moved);
    return true;
  }

  Graph& graph_;
  const Trial& trial_;
  const Uses uses_;
  std::set<ValueId> moved_;  // results of operators behind moves, without a pair between
};

// Several dequantised forms of one tensor are one.
void share_forms(Graph& graph) {
  std::map<ValueId, ValueId> forms;
  const std::vector<NodeId> order = graph.order();
  for (const NodeId id : order) {
    const Node& node = graph.node(id);
    if (!node.op.is<ops::Dequantize>() || graph.is_output(node.outputs[0])) continue;
    const ValueId form = node.outputs[0];
    const auto [first, is_new] = forms.try_emplace(node.inputs[0], form);
    if (is_new || graph.value(first->second).type != graph.value(form).type) continue;
    graph.replace_uses(form, first->second);
    graph.erase_unused(form);
  }
}

Status run_drop_inner_roundings(Graph& graph, const ir::PassContext& context) {
  share_forms(graph);
  TMC_ASSIGN(const Trial trial, without_pairs(graph, context));
  Dropper(graph, trial).run();
  return {};
}

}  // namespace

extern const ir::Pass drop_inner_roundings;
const ir::Pass drop_inner_roundings = {"drop_inner_roundings",
                                       "Takes out the quantise/dequantise pairs between steps that are one operator.",
                                       run_drop_inner_roundings};

}  // namespace tmc::opt
