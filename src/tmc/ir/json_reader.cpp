// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <limits>
#include <unordered_map>

#include "tmc/base/host/base64.hpp"
#include "tmc/base/host/json_tensor.hpp"
#include "tmc/base/host/yaml.hpp"
#include "tmc/ir/json.hpp"
#include "tmc/ir/verifier.hpp"

namespace tmc::ir {
namespace {

using Json = json::Value;
using json::array_member;
using json::member;
using json::parse;
using json::read;
using json::read_member;
using json::wrong;

// --- attributes

// `like` has the field's type, which JSON alone does not tell: 6 may be a real, "inf" may be text.
bool read_field(const Json& json, const ops::FieldValue& like, ops::FieldValue& to) {
  if (std::holds_alternative<double>(like)) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    if (json == "inf") return to = infinity, true;
    if (json == "-inf") return to = -infinity, true;
    if (json == "nan") return to = std::numeric_limits<double>::quiet_NaN(), true;
    return read(json, to.emplace<double>());
  }
  if (std::holds_alternative<bool>(like)) return read(json, to.emplace<bool>());
  if (std::holds_alternative<int64_t>(like)) return read(json, to.emplace<int64_t>());
  if (std::holds_alternative<std::string>(like)) return read(json, to.emplace<std::string>());
  return read(json, to.emplace<std::vector<int64_t>>());
}

Result<AnyOp> read_op(const Json& node) {
  std::string name;
  TMC_TRY(read_member(node, "op", "text", name));
  const ops::OpInfo* info = ops::find_op(name);
  if (!info) return error(Error::kMalformed, "there is no operator '{}'", name);
  const Json* attributes = member(node, "attributes");
  if (!attributes || !attributes->as<Json::Object>()) return wrong("attributes", "object");
  const auto defaults = info->make_default();
  std::vector<ops::NamedValue> fields = info->get_fields(defaults.get());
  if (attributes->size() > fields.size()) return wrong("attributes", "set of this operator's attributes");
  for (ops::NamedValue& field : fields) {
    const ops::FieldValue like = field.value;
    const Json* json = member(*attributes, field.name.c_str());
    if (!json || !read_field(*json, like, field.value)) return wrong(field.name, "value of this attribute");
  }
  TMC_ASSIGN(auto made, info->with_fields(defaults.get(), fields));
  return AnyOp(*info, std::move(made));
}

// --- the graph

class Reader {
 public:
  Result<Graph> run(const Json& json) {
    std::vector<std::string> inputs, outputs;
    TMC_TRY(read_member(json, "name", "text", graph_.name));
    TMC_TRY(read_requantization(json));
    TMC_TRY(read_member(json, "inputs", "array of names", inputs));
    TMC_TRY(read_member(json, "outputs", "array of names", outputs));
    TMC_ASSIGN(const Json::Array* values, array_member(json, "values"));
    for (const Json& value : *values) TMC_TRY(read_value(value));
    TMC_ASSIGN(const Json::Array* nodes, array_member(json, "nodes"));
    for (const Json& node : *nodes) TMC_TRY(read_node(node));
    for (const std::string& name : inputs) {
      TMC_ASSIGN(const ValueId id, find(name));
      graph_.mark_input(id);
    }
    for (const std::string& name : outputs) {
      TMC_ASSIGN(const ValueId id, find(name));
      graph_.add_output(id);
    }
    if (member(json, "states")) {
      TMC_ASSIGN(const Json::Array* states, array_member(json, "states"));
      for (const Json& state : *states) TMC_TRY(read_state(state));
    }
    if (member(json, "texts")) {
      std::vector<std::string> texts;
      TMC_TRY(read_member(json, "texts", "array of names", texts));
      graph_.texts.insert(texts.begin(), texts.end());
    }
    TMC_TRY(verify(graph_));
    return std::move(graph_);
  }

 private:
  Status read_state(const Json& json) {
    State state;
    std::string initial;
    TMC_TRY(read_member(json, "input", "integer", state.input));
    TMC_TRY(read_member(json, "output", "integer", state.output));
    TMC_TRY(read_member(json, "initial", "text", initial));
    TMC_ASSIGN(state.initial, find(initial));
    graph_.states.push_back(state);
    return {};
  }

  Status read_requantization(const Json& json) {
    if (!member(json, "requantization")) return {};
    std::string name;
    TMC_TRY(read_member(json, "requantization", "text", name));
    const auto requantization = requantization_from_name(name);
    if (!requantization) return wrong("requantization", "number of roundings");
    graph_.requantization = *requantization;
    return {};
  }

  Status read_value(const Json& json) {
    std::string name;
    TMC_TRY(read_member(json, "name", "text", name));
    Status status = read_value(json, name);
    return std::move(status).at_node(name);
  }

  Status read_value(const Json& json, const std::string& name) {
    TensorType type;
    TMC_TRY(json::read_tensor_type(json, type.dtype, type.shape));
    Quantization quantization;
    TMC_TRY(json::read_quantization(json, quantization));
    if (values_.contains(name)) return error(Error::kMalformed, "two tensors are named '{}'", name);
    const ValueId id = graph_.add_value(name, type, std::move(quantization));
    values_[name] = id;
    if (member(json, "symbols")) {
      TMC_TRY(read_member(json, "symbols", "array of names", graph_.value(id).symbols));
    }
    if (member(json, "channels_last_of")) {
      TMC_TRY(read_member(json, "channels_last_of", "text", graph_.value(id).channels_last_of));
    }
    if (!member(json, "data")) return {};
    std::string text;
    TMC_TRY(read_member(json, "data", "text", text));
    std::optional<std::vector<std::byte>> bytes = from_base64(text);
    if (!bytes) return wrong("data", "base64");
    graph_.value(id).data = TensorData(*std::move(bytes));
    return {};
  }

  Result<ValueId> find(const std::string& name) const {
    const auto found = values_.find(name);
    if (found == values_.end()) return error(Error::kMalformed, "there is no tensor '{}'", name);
    return found->second;
  }

  Status read_node(const Json& json) {
    std::string name;
    TMC_TRY(read_member(json, "name", "text", name));
    Status status = read_node(json, name);
    return std::move(status).at_node(name);
  }

  Status read_node(const Json& json, const std::string& name) {
    std::vector<std::optional<std::string>> input_names;
    std::vector<std::string> output_names;
    TMC_ASSIGN(AnyOp op, read_op(json));
    TMC_TRY(read_member(json, "inputs", "array of names or null", input_names));
    TMC_TRY(read_member(json, "outputs", "array of names", output_names));
    std::vector<ValueId> inputs, outputs;
    for (const auto& input : input_names) {
      inputs.push_back(ValueId::kNone);
      if (!input) continue;
      TMC_ASSIGN(inputs.back(), find(*input));
    }
    for (const std::string& output : output_names) {
      TMC_ASSIGN(const ValueId id, find(output));
      outputs.push_back(id);
    }
    graph_.add_node(name, std::move(op), std::move(inputs), std::move(outputs));
    return {};
  }

  Graph graph_;
  std::unordered_map<std::string, ValueId> values_;
};

}  // namespace

Result<AnyOp> op_from_json(std::string_view text) {
  TMC_ASSIGN(const Json json, parse(text));
  return read_op(json);
}

Result<Graph> from_json(std::string_view text) {
  TMC_ASSIGN(const Json json, parse(text));
  return Reader().run(json);
}

Result<Graph> from_yaml(std::string_view text) {
  TMC_ASSIGN(const Json json, parse_yaml(text));
  return Reader().run(json);
}

}  // namespace tmc::ir
