// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/keras/model_config.hpp"

#include <algorithm>

namespace tmc::frontend::keras {
namespace {

using Array = json::Value::Array;

constexpr size_t kMostLayers = 100'000;

// ["dense", 0, 0], and what Keras 2 puts behind it for a call.
Result<TensorRef> parse_ref(const json::Value& value) {
  const auto* parts = value.as<Array>();
  if (parts == nullptr || parts->size() < 3) return error(Error::kMalformed, "it names no tensor: {}", value.dump());
  const auto* layer = value.at(0).as<std::string>();
  const auto* call = value.at(1).as<int64_t>();
  const auto* output = value.at(2).as<int64_t>();
  if (layer == nullptr || call == nullptr || output == nullptr) {
    return error(Error::kMalformed, "it names no tensor: {}", value.dump());
  }
  return TensorRef{*layer, *call, *output};
}

// One, or a list of them.
Result<std::vector<TensorRef>> parse_refs(const json::Value& value) {
  std::vector<TensorRef> refs;
  if (value.at(0).as<std::string>() != nullptr) {
    TMC_ASSIGN(refs.emplace_back(), parse_ref(value));
    return refs;
  }
  const auto* elements = value.as<Array>();
  if (elements == nullptr) {
    return error(Error::kUnsupportedOp, "its inputs and outputs are no list")
        .with_hint("build the model with lists of inputs and outputs, not with dictionaries");
  }
  for (const json::Value& element : *elements) {
    TMC_ASSIGN(refs.emplace_back(), parse_ref(element));
  }
  return refs;
}

// Tensors among the arguments of a call of Keras 3.
Status find_tensors(const json::Value& value, std::vector<TensorRef>& refs) {
  if (const auto* elements = value.as<Array>()) {
    for (const json::Value& element : *elements) TMC_TRY(find_tensors(element, refs));
    return {};
  }
  const auto* class_name = value["class_name"].as<std::string>();
  if (class_name == nullptr || *class_name != "__keras_tensor__") return {};
  TMC_ASSIGN(refs.emplace_back(), parse_ref(value["config"]["keras_history"]));
  return {};
}

bool holds_tensor(const json::Value& value) {
  std::vector<TensorRef> refs;
  return !find_tensors(value, refs).ok() || !refs.empty();
}

Result<std::vector<TensorRef>> parse_call(const json::Value& call, LayerConfig& layer) {
  std::vector<TensorRef> refs;
  if (call.as<json::Value::Object>() != nullptr) {  // Keras 3
    TMC_TRY(find_tensors(call["args"], refs));
    const auto* named = call["kwargs"].as<json::Value::Object>();
    for (const auto& argument : named == nullptr ? json::Value::Object() : *named) {
      if (holds_tensor(argument.value)) layer.tensor_argument = argument.name;
    }
    return refs;
  }
  const auto* elements = call.as<Array>();
  if (elements == nullptr) return error(Error::kMalformed, "its inputs are no list");
  for (const json::Value& element : *elements) {
    TMC_ASSIGN(refs.emplace_back(), parse_ref(element));
  }
  return refs;
}

Result<LayerConfig> parse_layer(const json::Value& value) {
  const auto* class_name = value["class_name"].as<std::string>();
  if (class_name == nullptr) return error(Error::kMalformed, "a layer has no class");
  LayerConfig layer{*class_name, "", Config(value["config"]), {}};
  TMC_ASSIGN(layer.name, layer.config.text("name", ""));
  if (layer.name.empty()) {
    TMC_ASSIGN(layer.name, Config(value).text("name", ""));
  }
  if (layer.name.empty()) return error(Error::kMalformed, "a layer of class '{}' has no name", layer.class_name);
  return layer;
}

Status read_calls(const json::Value& value, LayerConfig& layer) {
  const auto* calls = value["inbound_nodes"].as<Array>();
  if (calls == nullptr) return {};
  for (const json::Value& call : *calls) {
    auto refs = parse_call(call, layer);
    if (!refs.ok()) return std::move(refs).status().at_node(layer.name);
    layer.calls.push_back(std::move(*refs));
  }
  return {};
}

// Where a sequential model has no InputLayer, its first layer says the shape.
Status add_sequential_input(const Config& config, ModelConfig& model) {
  if (!model.layers.empty() && model.layers.front().class_name == "InputLayer") return {};
  const LayerConfig* first = model.layers.empty() ? nullptr : &model.layers.front();
  const bool says = first != nullptr && (first->config.has("batch_input_shape") || first->config.has("batch_shape"));
  const Config source = says ? first->config : config;
  if (!says && !source.has("build_input_shape")) {
    return error(Error::kUnsupportedShape, "the model says nothing of its input's shape")
        .at_node(model.name)
        .with_hint("build it with an Input before saving it");
  }
  const std::string name = first == nullptr ? "input" : first->name + "_input";
  model.layers.insert(model.layers.begin(), LayerConfig{"InputLayer", name, source, {}});
  return {};
}

Status connect_sequence(const Config& config, ModelConfig& model) {
  TMC_TRY(add_sequential_input(config, model));
  for (size_t i = 1; i < model.layers.size(); ++i) model.layers[i].calls = {{{model.layers[i - 1].name, 0, 0}}};
  model.inputs = {{model.layers.front().name, 0, 0}};
  model.outputs = {{model.layers.back().name, 0, 0}};
  return {};
}

}  // namespace

bool is_model(std::string_view class_name) {
  return class_name == "Sequential" || class_name == "Functional" || class_name == "Model";
}

Result<ModelConfig> parse_model(const json::Value& object) {
  TMC_ASSIGN(const std::string class_name, Config(object).text("class_name", ""));
  const Config config(object["config"]);
  ModelConfig model;
  TMC_ASSIGN(model.name, config.text("name", class_name));
  const auto* layers = config.json()["layers"].as<Array>();
  if (!is_model(class_name) || layers == nullptr) {
    return error(Error::kUnsupportedOp, "the model is a '{}', which code defines", class_name)
        .at_node(model.name)
        .with_hint("build it of layers with keras.Model(inputs, outputs) or keras.Sequential, and save that");
  }
  if (layers->size() > kMostLayers) return error(Error::kMalformed, "it has {} layers", layers->size());
  model.is_sequential = class_name == "Sequential";
  for (const json::Value& value : *layers) {
    TMC_ASSIGN(model.layers.emplace_back(), parse_layer(value));
    if (!model.is_sequential) TMC_TRY(read_calls(value, model.layers.back()));
  }
  if (model.is_sequential) {
    TMC_TRY(connect_sequence(config, model));
    return model;
  }
  TMC_ASSIGN(model.inputs, parse_refs(config.json()["input_layers"]));
  TMC_ASSIGN(model.outputs, parse_refs(config.json()["output_layers"]));
  return model;
}

}  // namespace tmc::frontend::keras
