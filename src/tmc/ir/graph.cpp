// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ir/graph.hpp"

#include <algorithm>
#include <utility>

namespace tmc::ir {
namespace {

size_t index(ValueId id) {
  return static_cast<size_t>(id);
}
size_t index(NodeId id) {
  return static_cast<size_t>(id);
}

}  // namespace

const char* requantization_name(Requantization requantization) {
  return requantization == Requantization::kOneRounding ? "one_rounding" : "two_roundings";
}

std::optional<Requantization> requantization_from_name(std::string_view name) {
  for (const Requantization each : {Requantization::kTwoRoundings, Requantization::kOneRounding}) {
    if (name == requantization_name(each)) return each;
  }
  return std::nullopt;
}

std::vector<ValueId> Graph::values() const {
  std::vector<ValueId> living;
  for (size_t i = 0; i < values_.size(); ++i) {
    if (!values_[i].erased) living.push_back(static_cast<ValueId>(i));
  }
  return living;
}

ValueId Graph::find_value(std::string_view wanted) const {
  const auto found = std::ranges::find_if(values_, [&](const Value& v) { return !v.erased && v.name == wanted; });
  return found == values_.end() ? ValueId::kNone : static_cast<ValueId>(found - values_.begin());
}

std::vector<NodeId> Graph::users(ValueId id) const {
  std::vector<NodeId> readers;
  for (const NodeId reader : order_) {
    if (std::ranges::find(node(reader).inputs, id) != std::ranges::end(node(reader).inputs)) readers.push_back(reader);
  }
  return readers;
}

bool Graph::is_output(ValueId id) const {
  return std::ranges::find(outputs_, id) != std::ranges::end(outputs_);
}

NodeId Graph::only_user(ValueId id) const {
  const std::vector<NodeId> readers = users(id);
  return readers.size() == 1 && !is_output(id) ? readers.front() : NodeId::kNone;
}

std::string Graph::unique_name(std::string wanted) const {
  const auto is_free = [&](const std::string& one) { return !names_.contains(one) && !file_names_.contains(one); };
  if (is_free(wanted)) return wanted;
  for (int suffix = 2;; ++suffix) {
    std::string candidate = fmt::format("{}_{}", wanted, suffix);
    if (is_free(candidate)) return candidate;
  }
}

void Graph::name_as_in_file(ValueId id, const std::string& wanted) {
  if (names_.contains(wanted)) return;
  names_.erase(value(id).name);
  names_.insert(value(id).name = wanted);
}

ValueId Graph::add_value(std::string value_name, TensorType type, Quantization quantization) {
  value_name = unique_name(std::move(value_name));
  names_.insert(value_name);
  values_.push_back({.name = std::move(value_name),
                     .type = type,
                     .quantization = std::move(quantization),
                     .data = {},
                     .symbols = {},
                     .channels_last_of = {}});
  return static_cast<ValueId>(values_.size() - 1);
}

ValueId Graph::add_input(std::string value_name, TensorType type, Quantization quantization) {
  inputs_.push_back(add_value(value_name, type, std::move(quantization)));
  name_as_in_file(inputs_.back(), value_name);
  return inputs_.back();
}

ValueId Graph::add_constant(std::string value_name, TensorType type, TensorData data, Quantization quantization) {
  const ValueId id = add_value(std::move(value_name), type, std::move(quantization));
  value(id).data = std::move(data);
  return id;
}

NodeId Graph::place_node(std::string node_name, AnyOp op, std::vector<ValueId> inputs, std::vector<ValueId> outputs) {
  const auto id = static_cast<NodeId>(nodes_.size());
  for (const ValueId output : outputs) value(output).producer = id;
  nodes_.push_back({std::move(node_name), std::move(op), std::move(inputs), std::move(outputs)});
  return id;
}

NodeId Graph::add_node(std::string node_name, AnyOp op, std::vector<ValueId> inputs, std::vector<ValueId> outputs) {
  order_.push_back(place_node(std::move(node_name), std::move(op), std::move(inputs), std::move(outputs)));
  return order_.back();
}

NodeId Graph::insert_node(NodeId before, std::string node_name, AnyOp op, std::vector<ValueId> inputs,
                          std::vector<ValueId> outputs) {
  const NodeId id = place_node(std::move(node_name), std::move(op), std::move(inputs), std::move(outputs));
  order_.insert(std::ranges::find(order_, before), id);
  return id;
}

Result<ValueId> Graph::append(std::string node_name, AnyOp op, std::vector<ValueId> inputs, Quantization quantization) {
  auto types = infer(op, inputs);
  if (!types.ok()) return std::move(types).status().at_node(node_name);
  const ValueId output = add_value(node_name, types->front(), std::move(quantization));
  add_node(std::move(node_name), std::move(op), std::move(inputs), {output});
  return output;
}

Result<std::vector<ValueId>> Graph::append_all(const std::string& node_name, AnyOp op, std::vector<ValueId> inputs,
                                               const std::vector<Quantization>& quantizations) {
  auto types = infer(op, inputs);
  if (!types.ok()) return std::move(types).status().at_node(node_name);
  std::vector<ValueId> outputs;
  for (size_t i = 0; i < types->size(); ++i) {
    outputs.push_back(add_value(i == 0 ? node_name : fmt::format("{}_{}", node_name, i), (*types)[i],
                                i < quantizations.size() ? quantizations[i] : Quantization()));
  }
  add_node(node_name, std::move(op), std::move(inputs), outputs);
  return outputs;
}

Result<ValueId> Graph::insert(NodeId before, std::string node_name, AnyOp op, std::vector<ValueId> inputs,
                              Quantization quantization) {
  auto types = infer(op, inputs);
  if (!types.ok()) return std::move(types).status().at_node(node_name);
  const ValueId output = add_value(node_name, types->front(), std::move(quantization));
  insert_node(before, std::move(node_name), std::move(op), std::move(inputs), {output});
  return output;
}

Result<ValueId> Graph::recompute(ValueId old, NodeId before, std::string node_name, AnyOp op,
                                 std::vector<ValueId> inputs, Quantization quantization) {
  auto types = infer(op, inputs);
  if (!types.ok()) return std::move(types).status().at_node(node_name);
  const ValueId output = add_value(value(old).name, types->front(), std::move(quantization));
  insert_node(before, std::move(node_name), std::move(op), std::move(inputs), {output});
  replace_uses(old, output);
  take_name(output, old);
  erase_node(value(old).producer);
  return output;
}

bool Graph::bypass(NodeId id) {
  const ValueId output = node(id).outputs.front();
  const ValueId input = node(id).inputs.front();
  if (is_output(output)) {
    if (value(input).producer == NodeId::kNone || is_output(input)) return false;
    take_name(input, output);
  }
  replace_uses(output, input);
  erase_node(id);
  return true;
}

void Graph::set_constant(ValueId id, TensorData data) {
  const NodeId producer = value(id).producer;
  value(id).producer = NodeId::kNone;
  value(id).data = std::move(data);
  node(producer).outputs.clear();
  erase_node(producer);
}

void Graph::rename(ValueId id, std::string wanted) {
  names_.erase(value(id).name);
  value(id).name = unique_name(std::move(wanted));
  value(id).channels_last_of.clear();
  names_.insert(value(id).name);
}

// The two swap names: `from` is about to be erased, and takes the name that `to` had with it.
void Graph::take_name(ValueId to, ValueId from) {
  std::swap(value(to).name, value(from).name);
  std::swap(value(to).channels_last_of, value(from).channels_last_of);
}

void Graph::replace_uses(ValueId from, ValueId to) {
  for (const NodeId id : order_) std::ranges::replace(node(id).inputs, from, to);
  std::ranges::replace(outputs_, from, to);
}

void Graph::erase_node(NodeId id) {
  for (const ValueId output : node(id).outputs) {
    value(output).producer = NodeId::kNone;
    erase_value(output);
  }
  node(id).erased = true;
  std::erase(order_, id);
}

void Graph::erase_unused(ValueId id) {
  std::vector<ValueId> candidates = {id};
  while (!candidates.empty()) {
    const ValueId candidate = candidates.back();
    candidates.pop_back();
    if (candidate == ValueId::kNone || value(candidate).erased || is_output(candidate) || !users(candidate).empty()) {
      continue;
    }
    if (value(candidate).is_constant()) {
      erase_value(candidate);
      continue;
    }
    const NodeId producer = value(candidate).producer;
    if (producer == NodeId::kNone || node(producer).outputs.size() != 1) continue;
    candidates.insert(candidates.end(), node(producer).inputs.begin(), node(producer).inputs.end());
    erase_node(producer);
  }
}

void Graph::erase_value(ValueId id) {
  names_.erase(value(id).name);
  value(id).erased = true;
  value(id).data.reset();
}

Status Graph::sort() {
  std::vector<char> ready(values_.size(), 1);
  for (const NodeId id : order_) {
    for (const ValueId output : node(id).outputs) ready[index(output)] = 0;
  }
  std::vector<NodeId> waiting = std::exchange(order_, {});
  const auto can_run = [&](NodeId id) {
    return std::ranges::all_of(node(id).inputs, [&](ValueId in) { return in == ValueId::kNone || ready[index(in)]; });
  };
  while (!waiting.empty()) {
    std::vector<NodeId> blocked;
    for (const NodeId id : waiting) {
      if (!can_run(id)) {
        blocked.push_back(id);
        continue;
      }
      for (const ValueId output : node(id).outputs) ready[index(output)] = 1;
      order_.push_back(id);
    }
    if (blocked.size() == waiting.size()) {
      const std::string stuck = node(blocked.front()).name;
      order_.insert(order_.end(), blocked.begin(), blocked.end());
      return error(Error::kMalformed, "the graph has a cycle").at_node(stuck);
    }
    waiting = std::move(blocked);
  }
  return {};
}

void Graph::compact() {
  std::vector<ValueId> new_value(values_.size(), ValueId::kNone);
  std::vector<Value> values;
  for (size_t i = 0; i < values_.size(); ++i) {
    if (values_[i].erased) continue;
    new_value[i] = static_cast<ValueId>(values.size());
    values.push_back(std::move(values_[i]));
  }
  const auto renumber = [&](std::vector<ValueId>& ids) {
    for (ValueId& id : ids) id = id == ValueId::kNone ? id : new_value[index(id)];
  };
  std::vector<Node> nodes;
  for (NodeId& id : order_) {
    Node moved = std::move(nodes_[index(id)]);
    id = static_cast<NodeId>(nodes.size());
    renumber(moved.inputs);
    renumber(moved.outputs);
    for (const ValueId output : moved.outputs) values[index(output)].producer = id;
    nodes.push_back(std::move(moved));
  }
  renumber(inputs_);
  renumber(outputs_);
  for (State& state : states) state.initial = new_value[index(state.initial)];
  values_ = std::move(values);
  nodes_ = std::move(nodes);
}

std::vector<const TensorType*> Graph::types_of(const std::vector<ValueId>& ids) const {
  std::vector<const TensorType*> types;
  for (const ValueId id : ids) types.push_back(id == ValueId::kNone ? nullptr : &value(id).type);
  return types;
}

Result<std::vector<TensorType>> Graph::infer(const AnyOp& op, const std::vector<ValueId>& inputs) const {
  return op.info().infer(op.attributes(), {types_of(inputs)});
}

Result<ops::IndexMap> Graph::index_map(const Node& of) const {
  return of.op.info().index_map->map(of.op.attributes(), {types_of(of.inputs)});
}

int64_t Graph::macs(NodeId id) const {
  const Node& of = node(id);
  const std::vector<const TensorType*> inputs = types_of(of.inputs);
  std::vector<TensorType> outputs;
  for (const ValueId out : of.outputs) outputs.push_back(value(out).type);
  return of.op.info().macs(of.op.attributes(), {inputs}, outputs);
}

}  // namespace tmc::ir
