// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/past_ports.hpp"

#include <algorithm>
#include <set>
#include <string_view>

namespace tmc::frontend::onnx_format {
namespace {

using ::onnx::GraphProto;
using ::onnx::TensorProto;
using ::onnx::TensorShapeProto;
using ::onnx::ValueInfoProto;

enum class Role : uint8_t { kTokens, kPositions, kMask, kLastKey, kKeys, kPastKeys, kPast, kOther };

const TensorShapeProto& shape_of(const ValueInfoProto& port) {
  return port.type().tensor_type().shape();
}

bool is_integer(const ValueInfoProto& port) {
  const int32_t type = port.type().tensor_type().elem_type();
  return type == TensorProto::INT64 || type == TensorProto::INT32;
}

Role role_of(const ValueInfoProto& port) {
  const std::string_view name = port.name();
  const int rank = shape_of(port).dim_size();
  const auto has = [&](std::string_view word) { return name.find(word) != std::string_view::npos; };
  if (!is_integer(port)) return name.starts_with("past") && (rank == 4 || rank == 5) ? Role::kPast : Role::kOther;
  if (has("past_seq")) return Role::kPastKeys;
  if (has("total_seq")) return Role::kKeys;
  if (has("seqlens_k")) return Role::kLastKey;
  if (has("position") && (rank == 1 || rank == 2)) return Role::kPositions;
  if (has("mask") && rank == 2) return Role::kMask;
  return rank == 2 ? Role::kTokens : Role::kOther;
}

// Inputs that are no constants of the file.
std::vector<const ValueInfoProto*> inputs_of(const GraphProto& graph) {
  std::set<std::string_view> constants;
  for (const TensorProto& constant : graph.initializer()) constants.insert(constant.name());
  std::vector<const ValueInfoProto*> inputs;
  for (const ValueInfoProto& input : graph.input()) {
    if (!constants.contains(input.name())) inputs.push_back(&input);
  }
  return inputs;
}

int past_axis(const ValueInfoProto& port) {
  return shape_of(port).dim_size() - 2;
}

bool is_open(const ValueInfoProto& port, int axis, const ImportOptions& options) {
  const auto& extent = shape_of(port).dim(axis);
  return !extent.has_dim_value() && !options.shapes.contains(port.name()) &&
         !options.shapes.contains(extent.dim_param());
}

// The output of the same name but for what comes first: "past_key_values.0.key" and "present.0.key", for one.
std::optional<size_t> present_of(const GraphProto& graph, std::string_view past) {
  const auto rest = [](std::string_view name, std::string_view first) {
    if (name.starts_with(first)) name.remove_prefix(first.size());
    if (name.starts_with("_key_values")) name.remove_prefix(std::string_view("_key_values").size());
    return name;
  };
  for (int i = 0; i < graph.output_size(); ++i) {
    const std::string_view name = graph.output(i).name();
    if (name.starts_with("present") && rest(name, "present") == rest(past, "past")) return static_cast<size_t>(i);
  }
  return std::nullopt;
}

Status refused(const std::string& input, const std::string& what) {
  return error(Error::kUnsupportedOp, "the decoder has an input '{}', {}", input, what)
      .with_hint(
          "export it with input_ids, position_ids, attention_mask and past_key_values alone, or bind every input with "
          "--shape to have it as it is");
}

// kBadUsage is not for here: whoever binds extents gets the graph of the file.
Result<PastPorts> read_ports(const GraphProto& graph, const std::vector<const ValueInfoProto*>& inputs) {
  PastPorts ports;
  for (const ValueInfoProto* input : inputs) {
    const std::string& name = input->name();
    switch (role_of(*input)) {
      case Role::kPast: {
        const std::optional<size_t> present = present_of(graph, name);
        if (!present) return refused(name, "of which there is no output 'present'");
        ports.caches.push_back({name, *present, past_axis(*input)});
        break;
      }
      case Role::kTokens:
        if (!ports.tokens.empty())
          return refused(name, fmt::format("besides '{}', and both may be tokens", ports.tokens));
        ports.tokens = name;
        break;
      case Role::kPositions:
        if (!ports.positions.empty()) return refused(name, fmt::format("besides the positions '{}'", ports.positions));
        ports.positions = name;
        break;
      case Role::kOther:
        return refused(name, "of which its name and type do not say what it is");
      default:
        break;
    }
  }
  if (ports.tokens.empty())
    return refused(ports.caches.front().past, "but none of tokens, int32 or int64 [batch, tokens]");
  if (ports.positions.empty()) ports.positions = kAddedPositions;
  std::set<size_t> presents;
  for (const PastPorts::Cache& cache : ports.caches) presents.insert(cache.present);
  bool has_logits = false;
  for (size_t i = 0; i < static_cast<size_t>(graph.output_size()); ++i) {
    if (presents.contains(i)) continue;
    if (!has_logits || graph.output(static_cast<int>(i)).name() == "logits") ports.logits = i;
    has_logits = true;
  }
  if (!has_logits) return refused(ports.tokens, "but no output besides the caches");
  return ports;
}

Shape bound_shape(const ValueInfoProto& port, const ImportOptions& options, int64_t tokens, int tokens_axis,
                  int batch_axis) {
  Shape shape;
  for (int axis = 0; axis < shape_of(port).dim_size(); ++axis) {
    const auto& extent = shape_of(port).dim(axis);
    const auto symbol = options.shapes.find(extent.dim_param());
    const bool is_given = !extent.dim_param().empty() && symbol != options.shapes.end() && symbol->second.rank() == 1;
    if (axis == tokens_axis) {
      shape.push_back(tokens);
    } else if (axis == batch_axis) {
      shape.push_back(1);
    } else {
      shape.push_back(extent.has_dim_value() ? extent.dim_value() : is_given ? symbol->second[0] : -1);
    }
  }
  return shape;
}

// The file has one value all over the input.
void make_constant(GraphProto& graph, const std::string& name, const Shape& shape, int64_t number) {
  auto& inputs = *graph.mutable_input();
  const auto at = std::ranges::find(inputs, name, [](const ValueInfoProto& input) { return input.name(); });
  TensorProto& constant = *graph.add_initializer();
  constant.set_name(name);
  constant.set_data_type(at->type().tensor_type().elem_type());
  const bool is_wide = constant.data_type() == TensorProto::INT64;
  for (const int64_t extent : shape) constant.add_dims(extent);
  for (int64_t i = 0; i < shape.elements(); ++i) {
    is_wide ? constant.add_int64_data(number) : constant.add_int32_data(static_cast<int32_t>(number));
  }
  inputs.erase(at);
}

void add_positions(GraphProto& graph, int64_t tokens) {
  ValueInfoProto& input = *graph.add_input();
  input.set_name(kAddedPositions);
  auto& type = *input.mutable_type()->mutable_tensor_type();
  type.set_elem_type(TensorProto::INT64);
  for (const int64_t extent : {int64_t{1}, tokens}) type.mutable_shape()->add_dim()->set_dim_value(extent);
}

}  // namespace

Result<std::optional<PastPorts>> find_past_ports(const ::onnx::ModelProto& model, const ImportOptions& options) {
  const std::vector<const ValueInfoProto*> inputs = inputs_of(model.graph());
  const auto is_open_past = [&](const ValueInfoProto* input) {
    return role_of(*input) == Role::kPast && is_open(*input, past_axis(*input), options);
  };
  if (std::ranges::none_of(inputs, is_open_past)) return std::optional<PastPorts>();
  TMC_ASSIGN(PastPorts ports, read_ports(model.graph(), inputs));
  return std::optional(std::move(ports));
}

Status bind_past(::onnx::ModelProto& model, const PastPorts& ports, ImportOptions& options) {
  options.past->positions = ports.positions;
  const int64_t past = options.past->past, tokens = options.past->tokens;
  GraphProto& graph = *model.mutable_graph();
  if (ports.positions == kAddedPositions) add_positions(graph, tokens);
  const std::vector<const ValueInfoProto*> inputs = inputs_of(graph);
  struct Fixed {
    std::string name;
    Shape shape;
    int64_t number;
  };
  std::vector<Fixed> constants;
  for (const ValueInfoProto* input : inputs) {
    const int rank = shape_of(*input).dim_size();
    const auto shape = [&](int64_t count, int axis, int batch) {
      return bound_shape(*input, options, count, axis, batch);
    };
    switch (role_of(*input)) {
      case Role::kPast:
        options.shapes[input->name()] = shape(past, rank - 2, rank - 4);
        break;
      case Role::kTokens:
      case Role::kPositions:
        options.shapes[input->name()] = shape(tokens, rank - 1, rank - 2);
        break;
      case Role::kMask:
        constants.push_back({input->name(), shape(past + tokens, 1, 0), 1});
        break;
      case Role::kLastKey:
        constants.push_back({input->name(), shape(1, -1, 0), past + tokens - 1});
        break;
      case Role::kKeys:
        constants.push_back({input->name(), shape(1, 0, -1), past + tokens});
        break;
      case Role::kPastKeys:
        constants.push_back({input->name(), shape(1, 0, -1), past});
        break;
      case Role::kOther:
        break;
    }
  }
  for (const auto& [name, shape] : options.shapes) {
    const bool is_open = std::ranges::any_of(shape, [](int64_t extent) { return extent < 0; });
    if (!is_open) continue;
    return error(Error::kUnsupportedShape, "the file leaves open how many heads or elements '{}' has", name)
        .with_hint("export the model with these extents as numbers, or bind each by its name: --shape heads=4");
  }
  for (const Fixed& constant : constants) make_constant(graph, constant.name, constant.shape, constant.number);
  return {};
}

}  // namespace tmc::frontend::onnx_format
