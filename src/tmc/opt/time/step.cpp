// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/opt/time/step.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <tuple>
#include <unordered_map>

#include "tmc/base/host/element.hpp"
#include "tmc/ops/op/concat.hpp"
#include "tmc/ops/op/gru.hpp"
#include "tmc/ops/op/lstm.hpp"
#include "tmc/ops/op/rnn.hpp"
#include "tmc/ops/op/slice.hpp"
#include "tmc/opt/time/frame_rules.hpp"

namespace tmc::opt {
namespace {

using ir::Graph;
using ir::Node;
using ir::NodeId;
using ir::ValueId;

// What a state begins with: in place of padding the integers of zeros, else bytes of zeros, which take no flash and are
// gone when the first window is whole.
ir::TensorData initial_of(const ir::TensorType& type, const Quantization& quantization, bool is_padding) {
  const size_t element_bytes = dtype_bytes(type.dtype);
  std::vector<std::byte> bytes(static_cast<size_t>(type.shape.elements()) * element_bytes);
  const double zero = is_padding && !quantization.empty() ? quantization.zero_point() : 0;
  if (zero != 0) {
    for (size_t at = 0; at < bytes.size(); at += element_bytes) store_element(type.dtype, zero, &bytes[at]);
  }
  return ir::TensorData(std::move(bytes));
}

class Stepping {
 public:
  Stepping(Graph& graph, const TimeSteps& steps) : graph_(graph), steps_(steps) {}

  Status run() {
    if (!graph_.states.empty()) {
      return error(Error::kBadUsage, "the model keeps a state itself, and so its windows are not alike")
          .with_hint("leave --stream-axis out: it steps already");
    }
    TMC_TRY(begin());
    const std::vector<NodeId> order = graph_.order();
    for (const NodeId id : order) {
      Status status = step(id);
      if (!status.ok()) return std::move(status).at_node(graph_.node(id).name);
    }
    return {};
  }

  std::vector<std::string> notes;

 private:
  // The inputs become what is new of them.
  Status begin() {
    std::map<std::string, int64_t> left = steps_.axes;
    for (const ValueId id : graph_.inputs()) {
      ir::Value& input = graph_.value(id);
      auto found = left.find(input.name);
      if (found == left.end() && graph_.inputs().size() == 1) found = left.find("");
      if (found == left.end()) continue;
      TMC_TRY(begin_input(id, found->second).at_node(input.name));
      left.erase(found);
    }
    if (left.empty()) return {};
    std::vector<std::string> names;
    for (const ValueId id : graph_.inputs()) names.push_back(graph_.value(id).name);
    const std::string& name = left.begin()->first;
    return error(Error::kBadUsage, "there is no one input '{}' of which an axis is time", name)
        .with_hint(fmt::format("write INPUT=AXIS, with an input of '{}'", fmt::join(names, "', '")));
  }

  Status begin_input(ValueId id, int64_t given_axis) {
    ir::Value& input = graph_.value(id);
    Shape& shape = input.type.shape;
    const int64_t axis = given_axis < 0 ? given_axis + shape.rank() : given_axis;
    if (axis < 0 || axis >= shape.rank()) {
      return error(Error::kBadUsage, "it has no axis {}, but {} axes", given_axis, shape.rank())
          .with_hint("axes count from 0, or from -1 at the end");
    }
    const int64_t window = shape[static_cast<int>(axis)];
    if (steps_.frames < 1 || steps_.frames >= window) {
      return error(Error::kBadUsage, "its axis {} has {} frames, of which {} cannot be new in every run", axis, window,
                   steps_.frames)
          .with_hint("give the axis of time with --stream-axis, and fewer frames with --stream-hop");
    }
    frames_[id] = {.axis = static_cast<int>(axis), .window = window, .fresh = steps_.frames};
    shape[static_cast<int>(axis)] = steps_.frames;
    input.symbols.clear();
    if (axis == shape.rank() - 1) input.columns.clear();
    return {};
  }

  std::optional<Frames> frames_of(ValueId id) const {
    const auto found = frames_.find(id);
    return found == frames_.end() ? std::nullopt : std::optional(found->second);
  }

  Status step(NodeId id) {
    const Node node = graph_.node(id);
    std::vector<std::optional<Frames>> frames;
    for (const ValueId input : node.inputs) frames.push_back(frames_of(input));
    if (std::ranges::none_of(frames, [](const auto& each) { return each.has_value(); })) return {};
    TMC_ASSIGN(const auto rule, frame_rule_of_whole(node, frames));
    return rule.op ? keep_apart(id, rule) : give_windows(id);
  }

  // The rule is of the whole graph, where operands with frames have all of them.
  Result<FrameRule> frame_rule_of_whole(const Node& node, const std::vector<std::optional<Frames>>& frames) {
    const auto set_extents = [&](auto extent) {
      for (size_t i = 0; i < frames.size(); ++i) {
        if (frames[i]) graph_.value(node.inputs[i]).type.shape[frames[i]->axis] = extent(*frames[i]);
      }
    };
    set_extents([](const Frames& each) { return each.window; });
    auto rule = frame_rule(graph_, node, frames);
    set_extents([](const Frames& each) { return each.fresh; });
    return rule;
  }

  Status keep_apart(NodeId id, const FrameRule& rule) {
    const Node node = graph_.node(id);
    std::vector<ValueId> inputs = node.inputs;
    TMC_ASSIGN(inputs[0], read_by(id, inputs[0], rule));
    TMC_ASSIGN(const std::vector<ir::TensorType> types, graph_.infer(*rule.op, inputs));
    for (size_t i = 0; i < types.size(); ++i) {
      ir::TensorType& type = graph_.value(node.outputs[i]).type;
      frames_[node.outputs[i]] = {
          .axis = rule.axis, .window = type.shape[rule.axis], .fresh = types[i].shape[rule.axis]};
      type = types[i];
    }
    graph_.node(id).inputs = std::move(inputs);
    graph_.node(id).op = *rule.op;
    if (rule.past_of_zeros) {
      notes.push_back(
          fmt::format("'{}' has zeros before the first frame of a window; step by step it reads the frames "
                      "that came before, and zeros only where the stream begins",
                      node.name));
    }
    return {};
  }

  // What the node reads of its first operand.
  Result<ValueId> read_by(NodeId id, ValueId value, const FrameRule& rule) {
    ValueId read = value;
    if (rule.past > 0) {
      TMC_ASSIGN(read, with_past(id, value, rule.past, rule.past_of_zeros));
    }
    if (rule.past >= 0 && rule.every == 1) return read;
    const Frames frames = frames_.at(value);
    const Shape& shape = graph_.value(read).type.shape;
    ops::Slice slice = ops::Slice::whole(shape);
    const int64_t first = std::max<int64_t>(0, -rule.past);
    slice.read(frames.axis, first, (shape[frames.axis] - first - 1) / rule.every + 1, rule.every);
    return graph_.insert(id, graph_.value(value).name + "_read", std::move(slice), {read},
                         graph_.value(value).quantization);
  }

  // The node reads its operands as in the whole graph.
  Status give_windows(NodeId id) {
    const Node& node = graph_.node(id);
    if (node.op.is<ops::Lstm>() || node.op.is<ops::Gru>() || node.op.is<ops::Rnn>()) {
      notes.push_back(
          fmt::format("'{}' begins anew with every window, and so runs over the whole of it in every step; "
                      "to keep its state, export a model of one step and use --state",
                      node.name));
    }
    for (size_t i = 0; i < graph_.node(id).inputs.size(); ++i) {
      const ValueId input = graph_.node(id).inputs[i];
      const std::optional<Frames> frames = frames_of(input);
      if (!frames || frames->fresh == frames->window) continue;
      TMC_ASSIGN(const ValueId window, with_past(id, input, frames->window - frames->fresh, false));
      graph_.node(id).inputs[i] = window;
    }
    return {};
  }

  // The last `past` frames that the value had in the runs before, and behind them those that are new.
  Result<ValueId> with_past(NodeId before, ValueId value, int64_t past, bool is_padding) {
    const std::tuple key(value, past, is_padding);
    const auto known = joined_.find(key);
    if (known != joined_.end()) return known->second;
    const ir::Value fresh = graph_.value(value);
    const int axis = frames_.at(value).axis;
    ir::TensorType type = fresh.type;
    type.shape[axis] = past;
    const ValueId kept = graph_.add_input(fresh.name + "_past", type, fresh.quantization);
    const ValueId initial = graph_.add_constant(fresh.name + "_past_initial", type,
                                                initial_of(type, fresh.quantization, is_padding), fresh.quantization);
    TMC_ASSIGN(const ValueId joined,
               graph_.insert(before, fresh.name + "_window", ops::Concat{axis}, {kept, value}, fresh.quantization));
    const Shape& shape = graph_.value(joined).type.shape;
    ops::Slice last = ops::Slice::whole(shape);
    last.read(axis, shape[axis] - past, past);
    TMC_ASSIGN(const ValueId next,
               graph_.insert(before, fresh.name + "_next", std::move(last), {joined}, fresh.quantization));
    graph_.states.push_back({graph_.inputs().size() - 1, graph_.outputs().size(), initial});
    graph_.add_output(next);
    joined_[key] = joined;
    return joined;
  }

  Graph& graph_;
  const TimeSteps& steps_;
  std::unordered_map<ValueId, Frames> frames_;
  std::map<std::tuple<ValueId, int64_t, bool>, ValueId> joined_;
};

}  // namespace

Result<std::vector<std::string>> step_over_time(Graph& graph, const TimeSteps& steps) {
  Stepping stepping(graph, steps);
  TMC_TRY(stepping.run());
  return std::move(stepping.notes);
}

}  // namespace tmc::opt
