// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/opt/decoder/stream_past.hpp"

#include <algorithm>
#include <map>

#include "tmc/ir/verifier.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/attention.hpp"
#include "tmc/ops/op/cached_attention.hpp"
#include "tmc/ops/op/cast.hpp"
#include "tmc/ops/op/concat.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/rotary_angles.hpp"
#include "tmc/ops/op/rotary_embedding.hpp"
#include "tmc/ops/op/slice.hpp"
#include "tmc/ops/op/transpose.hpp"
#include "tmc/opt/decoder/angle_operands.hpp"
#include "tmc/opt/decoder/cache_rows.hpp"
#include "tmc/opt/decoder/sight.hpp"
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
      : old_(std::move(graph)), past_(past), stream_(stream), evaluator_(evaluator), places_(old_) {}

  Result<Graph> run() {
    step_.name = old_.name;
    step_.requantization = old_.requantization;
    tokens_ = step_.add_input("tokens", {DType::kI32, Shape::of(past_.block)});
    place_ = step_.add_input("cache", {DType::kI32, Shape::of(3)});
    TMC_TRY(find_angles());
    TMC_TRY(copy(past_.logits).status());
    step_.add_output(copies_.at(past_.logits));
    for (const State& state : states_) {
      step_.states.push_back({.input = state.input, .output = step_.outputs().size(), .initial = state.empty});
      step_.add_output(state.fresh);
    }
    TMC_TRY(ir::verify(step_));
    return std::move(step_);
  }

 private:
  const Shape& shape_of(ValueId id) const { return old_.value(id).type.shape; }
  const std::string& name_of(ValueId id) const { return old_.value(id).name; }

  // Those of rotary positions that are turns are counted, and what they were made of is not copied.
  Status find_angles() {
    for (const NodeId id : old_.order()) {
      if (!old_.node(id).op.is<ops::RotaryEmbedding>()) continue;
      const std::optional<std::vector<int64_t>> steps = steps_of(old_, past_, id, evaluator_);
      if (steps) steps_[id] = *steps;
    }
    return {};
  }

  Result<ValueId> copy(ValueId id) {
    if (id == ValueId::kNone) return id;
    if (const auto found = copies_.find(id); found != copies_.end()) return found->second;
    const ir::Value& value = old_.value(id);
    if (value.is_constant())
      return copies_[id] = step_.add_constant(value.name, value.type, *value.data, value.quantization);
    if (id == past_.tokens || id == past_.positions) return port(id);
    if (value.producer == NodeId::kNone) {
      return error(Error::kUnsupportedOp, "it reads '{}', and is no attention to past and new tokens that is known",
                   value.name)
          .with_hint(
              "export the decoder so that each layer concatenates past and new rows and attends to them, or bind the "
              "lengths of its caches with --shape to have it as it is");
    }
    const NodeId node = value.producer;
    const Status status = old_.node(node).op.is<ops::Attention>() ? add_attention(node) : add_copy(node);
    if (!status.ok()) return Status(status).at_node(old_.node(node).name);
    return copies_.at(id);
  }

  // The tokens or their positions as the file has them.
  Result<ValueId> port(ValueId id) {
    ValueId at = tokens_;
    if (id == past_.positions) {
      TMC_ASSIGN(at, positions());
    }
    const ops::TensorType type = old_.value(id).type;
    if (type.dtype != DType::kI32) {
      TMC_ASSIGN(at, step_.append(name_of(id) + "_wide", ops::Cast{.to = type.dtype}, {at}));
    }
    return copies_[id] = *step_.append(name_of(id), ops::Reshape{{type.shape.begin(), type.shape.end()}}, {at});
  }

  Result<ValueId> positions() {
    ops::Slice slice = ops::Slice::whole(Shape::of(3));
    slice.read(0, 0, 1);
    TMC_ASSIGN(const ValueId first, step_.append("position", slice, {place_}));
    if (past_.block == 1) return first;
    std::vector<int32_t> counted;
    for (int64_t i = 0; i < past_.block; ++i) counted.push_back(static_cast<int32_t>(i));
    const ValueId behind = step_.add_constant("counted_tokens", {DType::kI32, Shape::of(past_.block)},
                                              ir::TensorData::of(std::span<const int32_t>(counted)));
    return step_.append("positions", ops::Add{}, {first, behind});
  }

  Status add_copy(NodeId id) {
    const ir::Node node = old_.node(id);
    std::vector<ValueId> inputs;
    const auto steps = steps_.find(id);
    for (size_t input = 0; input < node.inputs.size(); ++input) {
      if (steps != steps_.end() && input > 0) {
        TMC_ASSIGN(inputs.emplace_back(), angles(steps->second, input == 2, 0));
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

  // One for all layers that have the same. `window` is that of RotaryAngles.
  Result<ValueId> angles(const std::vector<int64_t>& steps, bool sine, int64_t window) {
    const auto key = std::tuple(steps, sine, window);
    if (const auto found = angles_.find(key); found != angles_.end()) return found->second;
    const std::string name = fmt::format("{}position_{}", window > 0 ? "sink_" : "", sine ? "sines" : "cosines");
    const ops::RotaryAngles op{.sine = sine, .tokens = past_.block, .window = window, .steps = steps};
    TMC_ASSIGN(const ValueId made, step_.append(name, op, {place_}));
    return angles_[key] = made;
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

  struct State {
    size_t input;
    ValueId old, fresh, empty;
  };

  ValueId add_cache(const std::string& name, int64_t width) {
    const ops::TensorType type{DType::kF32, Shape::of(stream_.window, width)};
    ValueId& empty = empty_.emplace(width, ValueId::kNone).first->second;
    if (empty == ValueId::kNone) {
      const auto bytes = static_cast<size_t>(type.shape.elements()) * sizeof(float);
      empty = step_.add_constant("empty_cache", type, ir::TensorData(std::vector<std::byte>(bytes)));
    }
    const ValueId old = step_.add_input(name, type);
    states_.push_back({step_.inputs().size() - 1, old, ValueId::kNone, empty});
    return old;
  }

  // The queries, and with sinks behind them as many that are turned to meet these.
  Result<ValueId> add_queries(const std::string& name, ValueId operand) {
    const NewRows rows = source_of(rows_of(places_.of(operand), shape_of(operand)), 0);
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
    TMC_ASSIGN(const ValueId cosines, angles(steps->second, false, stream_.window));
    TMC_ASSIGN(const ValueId sines, angles(steps->second, true, stream_.window));
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
    const std::string layer = fmt::format("layer{}.", states_.size() / 2);
    for (const size_t input : {1, 2}) {
      const std::string name = layer + (input == 1 ? "keys" : "values");
      TMC_ASSIGN(const NewRows rows, new_rows(old_, places_, past_, id, input));
      TMC_ASSIGN(const ValueId source, copy(rows.source));
      TMC_ASSIGN(inputs[input], add_rows(name + "_new", rows, source));
    }
    for (const size_t input : {1, 2}) {
      const std::string name = layer + (input == 1 ? "keys" : "values");
      inputs[input + 2] = add_cache(name, step_.value(inputs[input]).type.shape.back());
    }
    inputs[ops::CachedAttention::kPlace] = place_;
    const auto batch = static_cast<int32_t>(shape_of(node.inputs[0])[0]);  // which are heads too
    const ops::CachedAttention cached{.heads = batch * op.heads,
                                      .kv_heads = batch * op.kv_heads,
                                      .sinks = static_cast<int32_t>(stream_.sinks),
                                      .scale = op.scale};
    TMC_ASSIGN(const std::vector<ValueId> outputs,
               step_.append_all(node.name, cached, inputs, std::vector<Quantization>(3)));
    states_[states_.size() - 2].fresh = outputs[1];
    states_[states_.size() - 1].fresh = outputs[2];
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
  ElementPlaces places_;
  Graph step_;
  ValueId tokens_ = ValueId::kNone, place_ = ValueId::kNone;
  std::map<ValueId, ValueId> copies_;
  std::map<NodeId, std::vector<int64_t>> steps_;  // of rotary positions
  std::map<std::tuple<std::vector<int64_t>, bool, int64_t>, ValueId> angles_;
  std::map<int64_t, ValueId> empty_;  // caches, by their width
  std::vector<State> states_;
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
