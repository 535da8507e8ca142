// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ir/verifier.hpp"

#include <cmath>
#include <set>
#include <unordered_map>
#include <unordered_set>

namespace tmc::ir {
namespace {

class Verifier {
 public:
  explicit Verifier(const Graph& graph) : graph_(graph) {}

  Status run() {
    TMC_TRY(check_ports());
    TMC_TRY(check_links());
    TMC_TRY(check_values());
    TMC_TRY(check_order());
    return check_inference();
  }

 private:
  // --- every id can be followed
  Status check_id(ValueId id, const char* role) const {
    const auto index = static_cast<int64_t>(id);
    if (index < 0 || index >= static_cast<int64_t>(graph_.value_count())) {
      return error(Error::kMalformed, "{} has no tensor (id {})", role, index);
    }
    if (graph_.value(id).erased) return error(Error::kMalformed, "{} is an erased tensor", role);
    return {};
  }

  Status check_ports() {
    if (graph_.outputs().empty()) return error(Error::kMalformed, "the graph has no output");
    for (const ValueId id : graph_.inputs()) {
      TMC_TRY(check_id(id, "a graph input"));
      if (!inputs_.insert(id).second) {
        return error(Error::kMalformed, "tensor '{}' is a graph input twice", graph_.value(id).name);
      }
    }
    for (const ValueId id : graph_.outputs()) TMC_TRY(check_id(id, "a graph output"));
    TMC_TRY(check_states());
    TMC_TRY(check_texts(graph_.inputs()));
    TMC_TRY(check_texts(graph_.outputs()));
    for (const NodeId id : graph_.order()) TMC_TRY(check_node_ports(graph_.node(id)).at_node(graph_.node(id).name));
    return {};
  }

  Status check_texts(const std::vector<ValueId>& ports) const {
    for (const ValueId port : ports) {
      const Value& value = graph_.value(port);
      if (!graph_.texts.contains(value.name)) continue;
      if (value.type.dtype == DType::kU8 && value.type.shape.rank() > 0 && value.quantization.empty()) continue;
      return error(Error::kMalformed, "'{}' is to hold texts, which are plain u8", value.name);
    }
    return {};
  }

  Status check_states() const {
    std::set<size_t> inputs, outputs;
    for (const State& state : graph_.states) {
      if (state.input >= graph_.inputs().size() || state.output >= graph_.outputs().size()) {
        return error(Error::kMalformed, "a state is no input and output of the graph");
      }
      TMC_TRY(check_id(state.initial, "an initial state"));
      const Value& before = graph_.value(graph_.inputs()[state.input]);
      const Value& after = graph_.value(graph_.outputs()[state.output]);
      const Value& initial = graph_.value(state.initial);
      if (!inputs.insert(state.input).second || !outputs.insert(state.output).second) {
        return error(Error::kMalformed, "'{}' is part of two states", before.name);
      }
      const auto is_alike = [&](const Value& value) {
        return value.type == before.type && value.quantization == before.quantization;
      };
      if (!initial.is_constant() || !is_alike(after) || !is_alike(initial)) {
        return error(Error::kMalformed, "the state '{}' becomes '{}' and begins as '{}', which is not of its type",
                     before.name, after.name, initial.name);
      }
    }
    return {};
  }

  Status check_node_ports(const Node& node) const {
    if (node.erased) return error(Error::kMalformed, "an erased node is still in the order");
    if (node.outputs.empty()) return error(Error::kMalformed, "the node has no output");
    for (const ValueId input : node.inputs) {
      if (input != ValueId::kNone) TMC_TRY(check_id(input, "an input"));
    }
    for (const ValueId output : node.outputs) TMC_TRY(check_id(output, "an output"));
    return {};
  }

  // --- every value has one origin
  Status check_links() {
    int32_t position = 0;
    for (const NodeId id : graph_.order()) {
      if (!positions_.emplace(id, position++).second) {
        return error(Error::kMalformed, "the node is in the order twice").at_node(graph_.node(id).name);
      }
    }
    std::unordered_set<ValueId> produced;
    for (const NodeId id : graph_.order()) {
      for (const ValueId output : graph_.node(id).outputs) {
        if (graph_.value(output).producer == id && produced.insert(output).second) continue;
        return error(Error::kMalformed, "tensor '{}' has two producers", graph_.value(output).name)
            .at_node(graph_.node(id).name);
      }
    }
    for (const ValueId id : graph_.values()) {
      const Value& value = graph_.value(id);
      if (value.producer != NodeId::kNone && !produced.contains(id)) {
        return error(Error::kMalformed, "tensor '{}' names a producer that does not write it", value.name);
      }
      const int origins = int{value.producer != NodeId::kNone} + int{value.is_constant()} + int{inputs_.contains(id)};
      if (origins == 1) continue;
      return error(Error::kMalformed, "tensor '{}' {}", value.name,
                   origins == 0 ? "is neither input nor constant, and no node writes it" : "has two producers");
    }
    return {};
  }

  // --- every value is well formed
  Status check_values() const {
    std::unordered_set<std::string_view> names;
    for (const ValueId id : graph_.values()) {
      const Value& value = graph_.value(id);
      if (value.name.empty()) return error(Error::kMalformed, "a tensor has no name");
      if (!names.insert(value.name).second) {
        return error(Error::kMalformed, "two tensors are named '{}'", value.name);
      }
      TMC_TRY(check_value(value).at_node(value.name));
      TMC_TRY(check_names(value, inputs_.contains(id)).at_node(value.name));
    }
    return {};
  }

  // Of a graph input: its axes and columns.
  static Status check_names(const Value& value, bool is_input) {
    const int rank = value.type.shape.rank();
    const int64_t symbols = std::ssize(value.symbols);
    if (symbols != 0 && (!is_input || symbols != rank)) {
      return error(Error::kMalformed, "it has {} symbols for rank {}", symbols, rank);
    }
    const int64_t columns = std::ssize(value.columns);
    if (columns != 0 && (!is_input || rank == 0 || columns != value.type.shape[rank - 1])) {
      return error(Error::kMalformed, "it has {} names of columns, which are others", columns);
    }
    return {};
  }

  static Status check_value(const Value& value) {
    TMC_TRY(verify_type(value.type));
    TMC_TRY(verify_quantization(value.type, value.quantization));
    if (!value.is_constant()) return {};
    const auto wanted = static_cast<size_t>(value.type.shape.elements() * dtype_bytes(value.type.dtype));
    if (value.data->size_bytes() == wanted) return {};
    return error(Error::kMalformed, "the constant has {} bytes, its type asks for {}", value.data->size_bytes(),
                 wanted);
  }

  // --- producers come first
  Status check_order() const {
    for (const NodeId id : graph_.order()) {
      for (const ValueId input : graph_.node(id).inputs) {
        if (input == ValueId::kNone || graph_.value(input).producer == NodeId::kNone) continue;
        if (positions_.at(graph_.value(input).producer) < positions_.at(id)) continue;
        Graph sorted = graph_;
        TMC_TRY(sorted.sort());
        return error(Error::kMalformed, "reads tensor '{}' before it is written", graph_.value(input).name)
            .at_node(graph_.node(id).name);
      }
    }
    return {};
  }

  // --- recorded types are the inferred ones
  Status check_inference() const {
    for (const NodeId id : graph_.order()) {
      TMC_TRY(check_node_types(graph_.node(id)).at_node(graph_.node(id).name));
    }
    return {};
  }

  Status check_node_types(const Node& node) const {
    TMC_ASSIGN(const std::vector<TensorType> types, graph_.infer(node.op, node.inputs));
    if (types.size() != node.outputs.size()) {
      return error(Error::kMalformed, "operator {} has {} outputs, the node {}", node.op.name(), types.size(),
                   node.outputs.size());
    }
    for (size_t i = 0; i < types.size(); ++i) {
      const Value& output = graph_.value(node.outputs[i]);
      if (output.type == types[i]) continue;
      return error(Error::kMalformed, "output '{}' is {} [{}], operator {} gives {} [{}]", output.name,
                   dtype_name(output.type.dtype), fmt::join(output.type.shape, ", "), node.op.name(),
                   dtype_name(types[i].dtype), fmt::join(types[i].shape, ", "));
    }
    return {};
  }

  const Graph& graph_;
  std::unordered_set<ValueId> inputs_;
  std::unordered_map<NodeId, int32_t> positions_;
};

// The integers that a zero point may be.
bool zero_point_fits(int32_t zero_point, DType dtype) {
  const bool carries_zero_points = dtype == DType::kI8 || dtype == DType::kU8 || dtype == DType::kI16 ||
                                   dtype == DType::kU16 || dtype == DType::kI32;
  if (!carries_zero_points) return zero_point == 0;
  return zero_point >= dtype_min(dtype) && zero_point <= dtype_max(dtype);
}

}  // namespace

Status verify_type(const TensorType& type) {
  for (const int64_t extent : type.shape) {
    if (extent < 1) {
      return error(Error::kUnsupportedShape, "the tensor's extents [{}] are not all positive",
                   fmt::join(type.shape, ", "));
    }
  }
  const int64_t elements = type.shape.elements();
  if (elements >= 0 && elements <= kMaxTensorBytes / dtype_bytes(type.dtype)) return {};
  return error(Error::kUnsupportedShape, "the tensor [{}] is larger than {} bytes", fmt::join(type.shape, ", "),
               kMaxTensorBytes);
}

Status verify_quantization(const TensorType& type, const Quantization& quantization) {
  if (quantization.empty() && quantization.zero_points.empty() && quantization.axis == -1) return {};
  if (dtype_is_float(type.dtype) || type.dtype == DType::kBool) {
    return error(Error::kMalformed, "a tensor of dtype {} is quantised", dtype_name(type.dtype));
  }
  if (quantization.axis < -1 || quantization.axis >= type.shape.rank()) {
    return error(Error::kMalformed, "quantisation axis {} is outside a tensor of rank {}", quantization.axis,
                 type.shape.rank());
  }
  const auto wanted = static_cast<size_t>(quantization.per_axis() ? type.shape[quantization.axis] : 1);
  if (quantization.scales.size() != wanted || quantization.zero_points.size() != wanted) {
    return error(Error::kMalformed, "{} scales and {} zero points where {} are needed", quantization.scales.size(),
                 quantization.zero_points.size(), wanted);
  }
  for (const float scale : quantization.scales) {
    if (!std::isfinite(scale) || scale <= 0) {
      return error(Error::kMalformed, "scale {} is not finite and positive", scale);
    }
  }
  for (const int32_t zero_point : quantization.zero_points) {
    if (!zero_point_fits(zero_point, type.dtype)) {
      return error(Error::kMalformed, "zero point {} is outside dtype {}", zero_point, dtype_name(type.dtype));
    }
  }
  return {};
}

Status verify(const Graph& graph) {
  return Verifier(graph).run();
}

}  // namespace tmc::ir
