// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/body.hpp"

#include <unordered_map>
#include <unordered_set>

#include "tmc/frontend/onnx/operator_body.hpp"

namespace tmc::frontend::onnx_format {
namespace {

using Names = std::unordered_map<std::string, std::string>;

template <typename Visit>
void for_each_defined(const ::onnx::GraphProto& graph, Visit visit) {
  for (const auto& input : graph.input()) visit(input.name());
  for (const auto& constant : graph.initializer()) visit(constant.name());
  for (const auto& node : graph.node()) {
    for (const std::string& output : node.output()) visit(output);
  }
}

// What the graph reads and does not define.
void find_captured(const ::onnx::GraphProto& graph, std::vector<std::string>& captured) {
  std::unordered_set<std::string> defined;
  for_each_defined(graph, [&](const std::string& name) { defined.insert(name); });
  std::vector<std::string> read;
  for (const auto& output : graph.output()) read.push_back(output.name());
  for (const auto& node : graph.node()) {
    read.insert(read.end(), node.input().begin(), node.input().end());
    const std::vector<std::string> of_bodies = captured_names(node);
    read.insert(read.end(), of_bodies.begin(), of_bodies.end());
  }
  for (const std::string& name : read) {
    if (!name.empty() && !defined.contains(name)) captured.push_back(name);
  }
}

void rename(std::string& name, const Names& names) {
  const auto found = names.find(name);
  if (found != names.end()) name = found->second;
}

void rename(::onnx::GraphProto& graph, const Names& names) {
  for (auto& input : *graph.mutable_input()) rename(*input.mutable_name(), names);
  for (auto& output : *graph.mutable_output()) rename(*output.mutable_name(), names);
  for (auto& constant : *graph.mutable_initializer()) rename(*constant.mutable_name(), names);
  for (auto& info : *graph.mutable_value_info()) rename(*info.mutable_name(), names);
  for (auto& node : *graph.mutable_node()) {
    for (std::string& name : *node.mutable_input()) rename(name, names);
    for (std::string& name : *node.mutable_output()) rename(name, names);
    for (auto& attribute : *node.mutable_attribute()) {
      if (!attribute.has_g()) continue;
      Names visible = names;  // what the body defines anew is its own
      for_each_defined(attribute.g(), [&](const std::string& name) { visible.erase(name); });
      rename(*attribute.mutable_g(), visible);
    }
  }
}

// Defaults of a function's attributes. The message definitions that we build with may be older than this field.
std::vector<::onnx::AttributeProto> default_attributes(const ::onnx::FunctionProto& function) {
  constexpr int kAttributeProto = 11;
  std::vector<::onnx::AttributeProto> defaults;
  const auto& fields = function.GetReflection()->GetUnknownFields(function);
  for (int i = 0; i < fields.field_count(); ++i) {
    const auto& field = fields.field(i);
    const bool is_message = field.type() == google::protobuf::UnknownField::TYPE_LENGTH_DELIMITED;
    if (field.number() != kAttributeProto || !is_message) continue;
    if (!defaults.emplace_back().ParseFromString(field.length_delimited())) defaults.pop_back();
  }
  return defaults;
}

// Attributes that refer to one of the function get the call's, or the function's default.
void bind_attributes(::onnx::NodeProto& node, const std::vector<::onnx::AttributeProto>& defaults,
                     const ::onnx::NodeProto& call) {
  const auto find = [](const auto& attributes, const std::string& name) -> const ::onnx::AttributeProto* {
    for (const auto& attribute : attributes) {
      if (attribute.name() == name) return &attribute;
    }
    return nullptr;
  };
  ::onnx::NodeProto bound = node;
  bound.clear_attribute();
  for (auto& attribute : *node.mutable_attribute()) {
    if (attribute.has_g()) {
      for (auto& inner : *attribute.mutable_g()->mutable_node()) bind_attributes(inner, defaults, call);
    }
    const std::string& referred = attribute.ref_attr_name();
    const ::onnx::AttributeProto* given = &attribute;
    if (!referred.empty()) {
      given = find(call.attribute(), referred);
      if (given == nullptr) given = find(defaults, referred);
    }
    if (given == nullptr) continue;  // the operator's default
    auto& copy = *bound.add_attribute();
    copy = *given;
    copy.set_name(attribute.name());
  }
  node = std::move(bound);
}

}  // namespace

std::vector<std::string> captured_names(const ::onnx::NodeProto& node) {
  std::vector<std::string> captured;
  for (const auto& attribute : node.attribute()) {
    if (attribute.has_g()) find_captured(attribute.g(), captured);
  }
  return captured;
}

::onnx::GraphProto renamed_body(const ::onnx::GraphProto& body, const std::string& prefix,
                                const std::vector<std::string>& inputs) {
  Names names;
  for_each_defined(body, [&](const std::string& name) {
    if (!name.empty()) names.emplace(name, prefix + name);
  });
  for (size_t i = 0; i < inputs.size(); ++i) names[body.input(static_cast<int>(i)).name()] = inputs[i];
  ::onnx::GraphProto renamed = body;
  rename(renamed, names);
  return renamed;
}

::onnx::GraphProto function_body(const ::onnx::FunctionProto& function, const ::onnx::NodeProto& call) {
  ::onnx::GraphProto body;
  for (const std::string& input : function.input()) body.add_input()->set_name(input);
  for (const std::string& output : function.output()) body.add_output()->set_name(output);
  const std::vector<::onnx::AttributeProto> defaults = default_attributes(function);
  for (const auto& node : function.node()) {
    auto& copy = *body.add_node();
    copy = node;
    bind_attributes(copy, defaults, call);
  }
  return body;
}

const ::onnx::FunctionProto* find_function(const ::onnx::ModelProto& model, const ::onnx::NodeProto& node) {
  for (const auto& function : model.functions()) {
    if (function.name() == node.op_type() && function.domain() == node.domain()) return &function;
  }
  return nullptr;
}

Result<const ::onnx::GraphProto*> body_of(ImportContext& context, const char* attribute) {
  const auto* found = context.attributes().find(attribute);
  if (found != nullptr && found->has_g()) return &found->g();
  return error(Error::kMalformed, "it has no graph '{}'", attribute);
}

Status import_model_function(ImportContext& context) {
  return import_in_place(context, function_body(*find_function(context.model(), context.node()), context.node()));
}

}  // namespace tmc::frontend::onnx_format
