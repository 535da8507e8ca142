// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Graph: what is computed. The first of the two hubs; every frontend writes one, every pass rewrites one, `select`
// reads one.
//
// A graph is in static single assignment: a value has one producer, which is a node, a graph input or constant data.
// Nodes are kept in an order in which every node comes after its producers; passes that insert keep it (`sort` restores
// it). Values and nodes are named by dense ids that stay valid until `compact`; an erased node or value leaves a hole.
// A Graph is a value: copies are independent, constants' bytes are shared. Not thread-safe for writing.
// What must hold is checked by `verify` (ir/verifier.hpp); after it every extent is positive and every type is
// inferred.

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "tmc/base/host/quantization.hpp"
#include "tmc/ir/tensor_data.hpp"
#include "tmc/ops/op_info.hpp"

namespace tmc::ir {

using ops::AnyOp;
using ops::TensorType;

enum class ValueId : int32_t { kNone = -1 };
enum class NodeId : int32_t { kNone = -1 };

// How integer layers bring sums to the scale of their result. TFLite's kernels round twice, once more than the reals
// would; whoever runs quantised ONNX computes reals, and rounds once.
enum class Requantization : uint8_t { kTwoRoundings, kOneRounding };
const char* requantization_name(Requantization requantization);
std::optional<Requantization> requantization_from_name(std::string_view name);
// The metadata of an ONNX file that bear the name.
inline constexpr const char* kRequantizationKey = "tinymlc.requantization";

struct Value {
  std::string name;  // the model file's name of the tensor, unique within the graph
  TensorType type;
  Quantization quantization;
  std::optional<TensorData> data;  // set: a constant
  // Of a graph input: the names that the file gives to extents it leaves open, which `--shape` bound. Empty, or one for
  // each axis and "" where the file says the extent.
  std::vector<std::string> symbols;
  // Of a graph input of rows: the names that the file gives to its columns, along the last axis. Empty, or one for
  // each.
  std::vector<std::string> columns = {};
  // Set: the model file has a tensor of that name as [n, c, h, w], of which this is [n, h, w, c].
  std::string channels_last_of;
  NodeId producer = NodeId::kNone;  // none: an input, a constant, or erased
  bool erased = false;
  bool is_constant() const { return data.has_value(); }
};

struct Node {
  std::string name;  // for messages and reports: the model file's node name, or one made from the operator and output
  AnyOp op;
  std::vector<ValueId> inputs;  // kNone where an optional input is absent
  std::vector<ValueId> outputs;
  bool erased = false;
};

// What lasts from one run to the next: graph input number `input` begins as the constant `initial` and from then on
// holds what graph output number `output` of the run before was. All three have one type and quantisation.
struct State {
  size_t input = 0;
  size_t output = 0;
  ValueId initial = ValueId::kNone;
};

class Graph {
 public:
  std::string name;
  Requantization requantization = Requantization::kTwoRoundings;
  std::vector<State> states;
  // Names of inputs and outputs that are texts to whoever runs the model: u8 [..., width], of which each row is one in
  // UTF-8, with zeros behind its last byte.
  std::set<std::string> texts;

  // --- reading
  const Value& value(ValueId id) const { return values_[static_cast<size_t>(id)]; }
  Value& value(ValueId id) { return values_[static_cast<size_t>(id)]; }
  const Node& node(NodeId id) const { return nodes_[static_cast<size_t>(id)]; }
  Node& node(NodeId id) { return nodes_[static_cast<size_t>(id)]; }
  const std::vector<ValueId>& inputs() const { return inputs_; }
  const std::vector<ValueId>& outputs() const { return outputs_; }
  // Living nodes in execution order; copy it before a loop that inserts or erases.
  const std::vector<NodeId>& order() const { return order_; }
  // Living values, by id.
  std::vector<ValueId> values() const;
  size_t value_count() const { return values_.size(); }
  // kNone where no living value has the name.
  ValueId find_value(std::string_view name) const;
  // Nodes that read the value, in execution order; a node that reads it twice appears once. O(nodes).
  std::vector<NodeId> users(ValueId id) const;
  bool is_output(ValueId id) const;
  // The node that produces `id` where its operator is Op, else kNone.
  template <typename Op>
  NodeId producer_if(ValueId id) const {
    if (id == ValueId::kNone || value(id).producer == NodeId::kNone) return NodeId::kNone;
    return node(value(id).producer).op.is<Op>() ? value(id).producer : NodeId::kNone;
  }
  // The only user of `id`, where it has one and is no graph output; else kNone.
  NodeId only_user(ValueId id) const;

  // --- building; names are made unique by a suffix
  // The names of the model file's tensors, before any of them is added: nothing else gets one, now or later, so that
  // a name of the file means the file's tensor. Inputs are the file's; other values are by `name_as_in_file`.
  void reserve_names(std::span<const std::string> names) { file_names_.insert(names.begin(), names.end()); }
  void name_as_in_file(ValueId id, const std::string& name);
  ValueId add_value(std::string name, TensorType type, Quantization quantization = {});
  ValueId add_input(std::string name, TensorType type, Quantization quantization = {});
  ValueId add_constant(std::string name, TensorType type, TensorData data, Quantization quantization = {});
  // A value that exists becomes the next graph input.
  void mark_input(ValueId id) { inputs_.push_back(id); }
  void add_output(ValueId id) { outputs_.push_back(id); }
  void set_output(size_t index, ValueId id) { outputs_[index] = id; }
  // Appends to the order. The outputs exist already (add_value) and have no producer.
  NodeId add_node(std::string name, AnyOp op, std::vector<ValueId> inputs, std::vector<ValueId> outputs);
  // Inserts right before `before` in the order.
  NodeId insert_node(NodeId before, std::string name, AnyOp op, std::vector<ValueId> inputs,
                     std::vector<ValueId> outputs);
  // Infers the type of the one output, makes it and the node. The name serves both.
  Result<ValueId> append(std::string name, AnyOp op, std::vector<ValueId> inputs, Quantization quantization = {});
  // The same of a node with several outputs, each with its quantisation; the name serves the first, with a number the
  // others.
  Result<std::vector<ValueId>> append_all(const std::string& node_name, AnyOp op, std::vector<ValueId> inputs,
                                          const std::vector<Quantization>& quantizations);
  // The same, right before `before` in the order.
  Result<ValueId> insert(NodeId before, std::string name, AnyOp op, std::vector<ValueId> inputs,
                         Quantization quantization = {});

  // --- rewriting
  // Every reader of `from`, graph outputs included, reads `to` instead.
  void replace_uses(ValueId from, ValueId to);
  // The outputs lose their producer and are erased.
  void erase_node(NodeId id);
  // Computes `old` another way: a node right before `before`, whose output takes the name and the readers of `old`. The
  // producer of `old`, which has no other output, is erased; it may be `before`.
  Result<ValueId> recompute(ValueId old, NodeId before, std::string name, AnyOp op, std::vector<ValueId> inputs,
                            Quantization quantization = {});
  // Erases a node whose output is its first input, bit for bit; readers read the input. A graph output keeps its name.
  // False, and no change, where it could not: its input is a constant or at the graph's border too.
  bool bypass(NodeId id);
  // The name is made unique by a suffix. For a value that no longer is what the model file calls by its name.
  void rename(ValueId id, std::string name);
  // The value becomes a constant; its producer, which has no other output, is erased.
  void set_constant(ValueId id, TensorData data);
  // Erases the constant or the producer of `id` where no node and no graph output reads it, and what it alone read.
  void erase_unused(ValueId id);
  // The value has no producer and no user.
  void erase_value(ValueId id);
  // Restores an order in which producers come first, stable for what is in order already. Error: a cycle, naming a
  // node.
  Status sort();
  // Drops holes and renumbers values and nodes in order of appearance: ids held outside become invalid.
  void compact();

  // Output types of a node by its operator's shape rule.
  Result<std::vector<TensorType>> infer(const AnyOp& op, const std::vector<ValueId>& inputs) const;
  // Where the elements of a node's output come from; its operator only moves elements (OpInfo::index_map).
  Result<ops::IndexMap> index_map(const Node& of) const;
  int64_t macs(NodeId id) const;

 private:
  std::vector<const TensorType*> types_of(const std::vector<ValueId>& ids) const;
  std::string unique_name(std::string name) const;
  void take_name(ValueId to, ValueId from);
  NodeId place_node(std::string node_name, AnyOp op, std::vector<ValueId> inputs, std::vector<ValueId> outputs);

  std::vector<Value> values_;
  std::vector<Node> nodes_;
  std::vector<NodeId> order_;
  std::vector<ValueId> inputs_, outputs_;
  std::unordered_set<std::string> names_;       // of living values
  std::unordered_set<std::string> file_names_;  // reserved
};

}  // namespace tmc::ir
