// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/opt/attention/angles.hpp"

#include <algorithm>
#include <cstring>
#include <optional>
#include <span>

#include "tmc/ops/op/cast.hpp"
#include "tmc/ops/op/lookup.hpp"
#include "tmc/opt/match.hpp"

namespace tmc::opt {

using ir::Graph;
using ir::Node;
using ir::NodeId;
using ir::ValueId;

namespace {

constexpr int64_t kMostElements = 1 << 20;
constexpr int kMostSteps = 24;

// The operand whose elements a step computes its own of, one of each: of a function, or of a product or sum with a
// number; kNone where it is no such step.
ValueId elementwise(const Graph& graph, const Node& node) {
  if (node.outputs.size() != 1) return ValueId::kNone;
  if (node.op.is_unary() || node.op.is<ops::Cast>()) return node.inputs[0];
  if (!node.op.is_binary()) return ValueId::kNone;
  const Shape& shape = graph.value(node.outputs[0]).type.shape;
  for (const size_t side : {0, 1}) {
    const ir::Value& other = graph.value(node.inputs[1 - side]);
    const bool is_number = other.is_constant() && other.type.shape.elements() == 1;
    if (is_number && graph.value(node.inputs[side]).type.shape == shape) return node.inputs[side];
  }
  return ValueId::kNone;
}

bool reads_table(const Graph& graph, const Node& node) {
  return node.op.is<ops::Lookup>() && node.op.get<ops::Lookup>().axis == 0 &&
         graph.value(node.inputs[0]).is_constant() && graph.value(node.inputs[0]).type.dtype == DType::kF32;
}

}  // namespace

bool are_angles(const Graph& graph, ValueId id) {
  for (int steps = 0; steps < kMostSteps; ++steps) {
    const NodeId producer = graph.value(id).producer;
    if (producer == NodeId::kNone || graph.value(id).type.dtype != DType::kF32) return false;
    const Node& node = graph.node(producer);
    if (node.op.is<ops::Cos>() || node.op.is<ops::Sin>() || reads_table(graph, node)) return true;
    const bool moves = node.op.moves_elements() && !node.inputs.empty();
    id = moves ? node.inputs[0] : elementwise(graph, node);
    if (id == ValueId::kNone) return false;
  }
  return false;
}

const std::vector<int64_t>* Angles::of(ValueId id) {
  if (const auto found = known_.find(id); found != known_.end()) return &found->second;
  if (graph_.value(id).type.shape.elements() > kMostElements || known_.size() > kMostSteps) return nullptr;
  ++depth_;
  std::optional<std::vector<int64_t>> numbers = numbered(id);
  --depth_;
  return numbers ? &(known_[id] = std::move(*numbers)) : nullptr;
}

std::optional<std::vector<int64_t>> Angles::numbered(ValueId id) {
  const NodeId producer = graph_.value(id).producer;
  if (producer != NodeId::kNone && depth_ < kMostSteps) {
    const Node& node = graph_.node(producer);
    if (node.op.moves_elements() && node.outputs.size() == 1) return moved(node);
    if (reads_table(graph_, node)) return looked_up(id, node);
    if (const ValueId from = elementwise(graph_, node); from != ValueId::kNone) {
      const std::vector<int64_t>* numbers = of(from);
      if (numbers == nullptr) return std::nullopt;
      return computed(id, *numbers);
    }
  }
  std::vector<int64_t> own;
  for (int64_t at = 0; at < graph_.value(id).type.shape.elements(); ++at) {
    own.push_back(number({static_cast<int64_t>(id), at, -1}, {id, at}));
  }
  return own;
}

std::optional<std::vector<int64_t>> Angles::moved(const Node& node) {
  const Result<ops::IndexMap> map = graph_.index_map(node);
  if (!map.ok() || !ops::covers_all(*map)) return std::nullopt;
  // Pointers into the map of what is known stay while others are added.
  std::vector<std::span<const std::byte>> bytes;
  for (const ValueId input : node.inputs) {
    const std::vector<int64_t>* numbers = of(input);
    if (numbers == nullptr) return std::nullopt;
    bytes.push_back(std::as_bytes(std::span(*numbers)));
  }
  const std::vector<std::byte> result = ops::moved(*map, bytes, sizeof(int64_t));
  std::vector<int64_t> numbers(result.size() / sizeof(int64_t));
  std::memcpy(numbers.data(), result.data(), result.size());
  return numbers;
}

// Columns of a table that have the same numbers all the way down are equal in whichever row.
std::vector<int64_t> Angles::looked_up(ValueId id, const Node& node) {
  const std::vector<float> table = ir::constant_reals(graph_.value(node.inputs[0]));
  const int64_t elements = graph_.value(id).type.shape.elements();
  const int64_t rows = graph_.value(node.inputs[1]).type.shape.elements();
  const auto columns = static_cast<size_t>(elements / std::max<int64_t>(rows, 1));
  std::map<std::vector<float>, int64_t> first;
  std::vector<int64_t> alike;
  for (size_t column = 0; column < columns; ++column) {
    std::vector<float> all;
    for (size_t at = column; at < table.size(); at += columns) all.push_back(table[at]);
    alike.push_back(first.try_emplace(std::move(all), static_cast<int64_t>(column)).first->second);
  }
  std::vector<int64_t> numbers;
  for (int64_t at = 0; at < elements; ++at) {
    const auto column = static_cast<size_t>(at) % columns;
    const int64_t row = at / static_cast<int64_t>(columns);
    numbers.push_back(number({static_cast<int64_t>(id), row, alike[column]}, {id, at}));
  }
  return numbers;
}

std::vector<int64_t> Angles::computed(ValueId id, const std::vector<int64_t>& of) {
  std::vector<int64_t> numbers;
  for (size_t at = 0; at < of.size(); ++at) {
    numbers.push_back(number({static_cast<int64_t>(id), of[at], -2}, {id, static_cast<int64_t>(at)}));
  }
  return numbers;
}

int64_t Angles::number(const Key& key, Place place) {
  const auto [found, is_new] = numbers_.try_emplace(key, std::ssize(places_));
  if (is_new) places_.push_back(place);
  return found->second;
}

}  // namespace tmc::opt
