// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/opt/decoder/stream_past.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "tmc/ir/verifier.hpp"
#include "tmc/ops/op/attention.hpp"
#include "tmc/ops/op/cached_attention.hpp"
#include "tmc/ops/op/concat.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/rotary_embedding.hpp"
#include "tmc/ops/op/transpose.hpp"
#include "tmc/opt/decoder/angle_operands.hpp"
#include "tmc/opt/decoder/cache_rows.hpp"
#include "tmc/opt/decoder/sight.hpp"
#include "tmc/opt/decoder/step_ports.hpp"
#include "tmc/opt/decoder/value_at.hpp"
#include "tmc/opt/view.hpp"

namespace tmc::opt {
namespace {

using ir::Graph;
using ir::NodeId;
using ir::ValueId;

// Copies of the nodes that logits are made of, and in the place of attentions what a stream has.
class Streamer {
 public:
  Streamer(Graph graph, const PastGraph& past, const Stream& stream, ir::Evaluator& evaluator)
      : old_(std::move(graph)), past_(past), stream_(stream), evaluator_(evaluator), ports_(step_, past, stream) {}

  Result<Graph> run() {
    step_.name = old_.name;
    step_.requantization = old_.requantization;
    find_angles();
    TMC_TRY(copy_nodes());
    ports_.add_outputs(copies_.at(past_.logits));
    TMC_TRY(ir::verify(step_));
    return std::move(step_);
  }

 private:
  const Shape& shape_of(ValueId id) const { return old_.value(id).type.shape; }
  const std::string& name_of(ValueId id) const { return old_.value(id).name; }

  // Those of rotary positions that are turns are counted, and what they were made of is not copied.
  void find_angles() {
    for (const NodeId id : old_.order()) {
      if (!old_.node(id).op.is<ops::RotaryEmbedding>()) continue;
      const std::optional<std::vector<int64_t>> steps = steps_of(old_, past_, id, evaluator_);
      if (steps) steps_[id] = *steps;
    }
  }

  // Nodes that read the past, or what such made of it, are attentions or what leads to one, and are not copied.
  Status copy_nodes() {
    std::set<ValueId> of_past;
    for (const PastGraph::Cache& cache : past_.caches) {
      if (cache.past != ValueId::kNone) of_past.insert(cache.past);
    }
    for (const NodeId id : needed_nodes()) {
      const ir::Node& node = old_.node(id);
      const bool is_attention = node.op.is<ops::Attention>();
      const bool reads = std::ranges::any_of(node.inputs, [&](ValueId input) { return of_past.contains(input); });
      if (reads && !is_attention) {
        of_past.insert(node.outputs.begin(), node.outputs.end());
        if (!node.op.moves_elements() && past_reader_.empty()) past_reader_ = node.name;
        continue;
      }
      TMC_TRY((is_attention ? add_attention(id) : add_copy(id)).at_node(node.name));
    }
    return copy(past_.logits).status();
  }

  Status is_of_past(const std::string& value) const {
    return error(Error::kUnsupportedOp,
                 "'{}' is made of past keys or values by what is no attention to them that is known", value)
        .at_node(past_reader_.empty() ? value : past_reader_)
        .with_hint(
            "export the decoder so that each layer concatenates past and new rows and attends to them, or bind the "
            "lengths of its caches with --shape to have it as it is");
  }

  // In their order; not those that made angles which are counted.
  std::vector<NodeId> needed_nodes() const {
    std::set<ValueId> needed = {past_.logits};
    std::vector<NodeId> nodes;
    const std::vector<NodeId>& order = old_.order();
    for (size_t at = order.size(); at-- > 0;) {
      const ir::Node& node = old_.node(order[at]);
      if (std::ranges::none_of(node.outputs, [&](ValueId output) { return needed.contains(output); })) continue;
      const auto end = steps_.contains(order[at]) ? node.inputs.begin() + 1 : node.inputs.end();
      needed.insert(node.inputs.begin(), end);
      nodes.push_back(order[at]);
    }
    std::ranges::reverse(nodes);
    return nodes;
  }

  // The copy of what stands before in the order.
  Result<ValueId> copy(ValueId id) {
    if (id == ValueId::kNone) return id;
    if (const auto found = copies_.find(id); found != copies_.end()) return found->second;
    const ir::Value& value = old_.value(id);
    if (value.is_constant()) {
      return copies_[id] = step_.add_constant(value.name, value.type, *value.data, value.quantization);
    }
    if (id == past_.tokens || id == past_.positions) {
      TMC_ASSIGN(const ValueId copied, id == past_.tokens ? ports_.tokens(value) : ports_.positions(value));
      return copies_[id] = copied;
    }
    return is_of_past(value.name);
  }

  Status add_copy(NodeId id) {
    const ir::Node node = old_.node(id);
    std::vector<ValueId> inputs;
    const auto steps = steps_.find(id);
    for (size_t input = 0; input < node.inputs.size(); ++input) {
      if (steps != steps_.end() && input > 0) {
        TMC_ASSIGN(inputs.emplace_back(), ports_.angles(steps->second, input == 2, 0));
        continue;
      }
      TMC_ASSIGN(inputs.emplace_back(), copy(node.inputs[input]));
    }
    std::vector<ValueId> outputs;
    for (const ValueId output : node.outputs) {
      const ir::Value& value = old_.value(output);
      outputs.push_back(copies_[output] = step_.add_value(value.name, value.type, value.quantization));
    }
    step_.add_node(node.name, node.op, std::move(inputs), std::move(outputs));
    return {};
  }

  // The elements of a value, moved to rows of the new tokens.
  Result<ValueId> add_rows(const std::string& name, const NewRows& rows, ValueId source) {
    const int64_t width = std::ssize(rows.elements) / past_.block;
    const auto view = view_of_indices(rows.elements);
    const auto moves = view ? moves_for(*view, shape_of(rows.source).elements()) : std::nullopt;
    if (!moves)
      return error(Error::kUnsupportedOp, "'{}' holds its rows in no order that is known", name_of(rows.source));
    // Behind all nodes that there are.
    return emit(step_, NodeId::kNone, name, source, *moves, Shape::of(past_.block, width));
  }

  // The queries, and with sinks behind them as many that are turned to meet these.
  Result<ValueId> add_queries(const std::string& name, ValueId operand) {
    const NewRows rows = source_of(rows_of(ElementPlaces(old_).of(operand), shape_of(operand)), 0);
    if (rows.source == ValueId::kNone) return error(Error::kUnsupportedOp, "its queries come from several places");
    TMC_ASSIGN(const ValueId source, copy(rows.source));
    TMC_ASSIGN(const ValueId queries, add_rows(name + "_queries", rows, source));
    const NodeId rotary = old_.producer_if<ops::RotaryEmbedding>(rows.source);
    if (stream_.sinks == 0 || rotary == NodeId::kNone) return queries;
    const auto steps = steps_.find(rotary);
    if (steps == steps_.end()) {
      return error(Error::kBadUsage,
                   "its rotary positions are no turns that grow with the position: there are no sinks")
          .with_hint("leave --sinks out");
    }
    TMC_ASSIGN(const ValueId cosines, ports_.angles(steps->second, false, stream_.window));
    TMC_ASSIGN(const ValueId sines, ports_.angles(steps->second, true, stream_.window));
    TMC_ASSIGN(const ValueId x, copy(old_.node(rotary).inputs[0]));
    TMC_ASSIGN(const ValueId turned, step_.append(name + "_to_sinks", old_.node(rotary).op, {x, cosines, sines}));
    TMC_ASSIGN(const ValueId of_sinks, add_rows(name + "_sink_queries", rows, turned));
    return step_.append(name + "_all_queries", ops::Concat{.axis = 0}, {queries, of_sinks});
  }

  Status add_attention(NodeId id) {
    const ir::Node node = old_.node(id);
    const auto& op = node.op.get<ops::Attention>();
    TMC_ASSIGN(const int64_t sight, sight_of(old_, past_, id, evaluator_));
    if (sight > 0 && sight < stream_.window) {
      return error(Error::kBadUsage, "it sees the last {} tokens alone, and the window has {}", sight, stream_.window)
          .with_hint(fmt::format("give --window {}, which all layers have then", sight));
    }
    std::vector<ValueId> inputs(ops::CachedAttention::kPlace + 1);
    TMC_ASSIGN(inputs[ops::CachedAttention::kQuery], add_queries(node.name, node.inputs[0]));
    const std::string layer = fmt::format("layer{}.", ports_.caches() / 2);
    for (const size_t input : {1, 2}) {
      const std::string name = layer + (input == 1 ? "keys" : "values");
      TMC_ASSIGN(const NewRows rows, new_rows(old_, past_, id, input));
      TMC_ASSIGN(const ValueId source, copy(rows.source));
      TMC_ASSIGN(inputs[input], add_rows(name + "_new", rows, source));
    }
    for (const size_t input : {1, 2}) {
      const std::string name = layer + (input == 1 ? "keys" : "values");
      inputs[input + 2] = ports_.add_cache(name, step_.value(inputs[input]).type.shape.back());
    }
    inputs[ops::CachedAttention::kPlace] = ports_.place();
    const auto batch = static_cast<int32_t>(shape_of(node.inputs[0])[0]);  // which are heads too
    const ops::CachedAttention cached{.heads = batch * op.heads,
                                      .kv_heads = batch * op.kv_heads,
                                      .sinks = static_cast<int32_t>(stream_.sinks),
                                      .scale = op.scale};
    TMC_ASSIGN(const std::vector<ValueId> outputs,
               step_.append_all(node.name, cached, inputs, std::vector<Quantization>(3)));
    ports_.set_written({outputs[1], outputs[2]});
    const std::string& name = name_of(node.outputs[0]);
    const int64_t width = shape_of(node.outputs[0])[2];
    TMC_ASSIGN(ValueId result, step_.append(name + "_heads", ops::Reshape{{past_.block, batch, width}}, {outputs[0]}));
    TMC_ASSIGN(result, step_.append(name, ops::Transpose{{1, 0, 2}}, {result}));
    copies_[node.outputs[0]] = result;
    return {};
  }

  Graph old_;
  const PastGraph& past_;
  const Stream stream_;
  ir::Evaluator& evaluator_;
  Graph step_;
  StepPorts ports_;
  std::map<ValueId, ValueId> copies_;
  std::map<NodeId, std::vector<int64_t>> steps_;  // of rotary positions
  std::string past_reader_;                       // the first node that does more than move what it reads of the past
};

}  // namespace

int64_t longest_text(const Graph& graph, const PastGraph& past) {
  return table_rows(graph, past.positions, past.logits);
}

int64_t longest_text(const Graph& step) {
  return table_rows(step, step.inputs()[1], step.outputs()[0]);
}

Result<Graph> stream_past(Graph graph, const PastGraph& past, const Stream& stream, ir::Evaluator& evaluator) {
  return Streamer(std::move(graph), past, stream, evaluator).run();
}

}  // namespace tmc::opt
