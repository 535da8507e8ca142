// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/keras/model_import.hpp"

#include <algorithm>

#include "tmc/ir/verifier.hpp"

namespace tmc::frontend::keras {
namespace {

using ir::ValueId;

constexpr int kMostDepth = 16;  // of models in one another

const Importer* find_importer(std::string_view class_name) {
  for (const Family& family : families()) {
    const auto layers = family.layers();
    const auto found = std::ranges::find(layers, class_name, &Importer::class_name);
    if (found != layers.end()) return &*found;
  }
  return nullptr;
}

Result<DType> dtype_of(const LayerConfig& layer) {
  const json::Value& given = layer.config.json()["dtype"];
  const auto* name = given.as<std::string>();
  const std::string text = name != nullptr ? *name : "float32";  // else a policy of what is computed in
  if (text.starts_with("float") || text == "bfloat16" || text.starts_with("mixed")) return DType::kF32;
  for (const DType dtype :
       {DType::kI8, DType::kI16, DType::kI32, DType::kI64, DType::kU8, DType::kU16, DType::kU32, DType::kU64}) {
    const std::string_view ours = dtype_name(dtype);
    const std::string theirs = (ours[0] == 'u' ? "uint" : "int") + std::string(ours.substr(1));
    if (text == theirs) return dtype;
  }
  if (text == "bool") return DType::kBool;
  return error(Error::kUnsupportedType, "the input's dtype is '{}'", text).at_node(layer.name);
}

// The batch is open in every file: 1 unless the caller says it.
Result<OpenShape> open_shape_of(const LayerConfig& layer, const ImportOptions& options) {
  for (const char* member : {"batch_shape", "batch_input_shape", "build_input_shape"}) {
    if (!layer.config.has(member)) continue;
    TMC_ASSIGN(const std::vector<int64_t> extents, layer.config.integers(member));
    OpenShape shape;
    for (const int64_t extent : extents) {
      if (!shape.extents.push_back(extent < 0 ? -1 : extent)) {
        return error(Error::kUnsupportedShape, "the input has too many axes").at_node(layer.name);
      }
    }
    if (shape.extents.rank() > 0 && shape.extents[0] < 0 && !options.shapes.contains(layer.name)) shape.extents[0] = 1;
    return shape;
  }
  return OpenShape{{}, {}, /*has_rank=*/false};
}

const LayerConfig* find_layer(const ModelConfig& model, const std::string& name) {
  const auto found = std::ranges::find(model.layers, name, &LayerConfig::name);
  return found == model.layers.end() ? nullptr : &*found;
}

}  // namespace

void ModelImport::find_unknown(const ModelConfig& model, int depth) {
  for (const LayerConfig& layer : model.layers) {
    if (layer.class_name == "InputLayer" || find_importer(layer.class_name) != nullptr) continue;
    if (!is_model(layer.class_name)) {
      refusals_.add_unknown(layer.class_name, layer.name);
      continue;
    }
    json::Value object = {{"class_name", layer.class_name}};
    object.append("config", layer.config.json());
    const auto inner = parse_model(object);
    if (inner.ok() && depth < kMostDepth) find_unknown(*inner, depth + 1);
  }
}

Status ModelImport::add_inputs(const ModelConfig& model, Values& values) {
  ShapeBinder binder(options_);
  for (const TensorRef& ref : model.inputs) {
    const LayerConfig* layer = find_layer(model, ref.layer);
    if (layer == nullptr || layer->class_name != "InputLayer" || values.contains(ref.layer)) {
      return error(Error::kMalformed, "its input '{}' is no InputLayer, or there twice", ref.layer);
    }
    TMC_ASSIGN(OpenShape open, open_shape_of(*layer, options_));
    binder.declare(layer->name, std::move(open));
    values[layer->name];
  }
  TMC_TRY(binder.check_names());
  for (const TensorRef& ref : model.inputs) {
    const LayerConfig& layer = *find_layer(model, ref.layer);
    const auto add = [&]() -> Status {
      TMC_ASSIGN(const DType dtype, dtype_of(layer));
      TMC_ASSIGN(const Shape shape, binder.bind(layer.name));
      if (shape.rank() < 1) return error(Error::kUnsupportedShape, "the input is a scalar");
      TMC_TRY(ir::verify_type({dtype, shape}));
      values[layer.name] = {graph_.add_input(layer.name, {dtype, shape})};
      return {};
    };
    Status status = add();
    if (status.ok()) continue;
    if (!Refusals::is_refusal(status)) return std::move(status).at_node(layer.name);
    refusals_.add("", layer.name, status);
    values[layer.name] = {std::nullopt};
  }
  return {};
}

Status ModelImport::import(const ModelConfig& model) {
  find_unknown(model, 0);
  graph_.name = model.name;
  std::vector<std::string> names;
  for (const LayerConfig& layer : model.layers) {
    if (layer.class_name == "InputLayer") names.push_back(layer.name);
  }
  graph_.reserve_names(names);
  Values values;
  TMC_TRY(add_inputs(model, values));
  TMC_TRY(run_layers(model, "", values, 0));
  if (!refusals_.empty()) return {};
  for (const TensorRef& ref : model.outputs) {
    const auto found = values.find(ref.layer);
    if (found == values.end() || ref.output != 0 || ref.call < 0 || ref.call >= std::ssize(found->second)) {
      return error(Error::kMalformed, "its output '{}' is not there", ref.layer);
    }
    graph_.add_output(*found->second[static_cast<size_t>(ref.call)]);
  }
  return {};
}

// Layers stand in any order; each runs once all that it reads is there.
Status ModelImport::run_layers(const ModelConfig& model, const std::string& place, Values& values, int depth) {
  TMC_ASSIGN(const auto places, weights_.places_of(model, place));
  for (bool went_on = true; went_on;) {
    went_on = false;
    for (const LayerConfig& layer : model.layers) {
      const auto found = places.find(layer.name);
      TMC_TRY(run_ready(layer, found == places.end() ? "" : found->second, values, depth, went_on));
    }
  }
  for (const LayerConfig& layer : model.layers) {
    if (values[layer.name].size() < layer.calls.size()) {
      return error(Error::kMalformed, "what it reads is not there, or depends on it").at_node(layer.name);
    }
  }
  return {};
}

Status ModelImport::run_ready(const LayerConfig& layer, const std::string& place, Values& values, int depth,
                              bool& went_on) {
  while (values[layer.name].size() < layer.calls.size()) {
    const std::vector<TensorRef>& refs = layer.calls[values[layer.name].size()];
    std::vector<ValueId> inputs;
    bool is_refused = false;
    for (const TensorRef& ref : refs) {
      const auto found = values.find(ref.layer);
      if (found == values.end() || ref.call < 0 || ref.call >= std::ssize(found->second)) return {};
      const Value& value = found->second[static_cast<size_t>(ref.call)];
      if (ref.output != 0) {
        return error(Error::kUnsupportedOp, "it reads output {} of '{}'", ref.output, ref.layer).at_node(layer.name);
      }
      is_refused = is_refused || !value;
      inputs.push_back(value.value_or(ValueId::kNone));
    }
    Value result;
    if (!is_refused) {
      TMC_ASSIGN(result, run_layer(layer, place, inputs, depth));
    }
    values[layer.name].push_back(result);
    went_on = true;
  }
  return {};
}

Result<ModelImport::Value> ModelImport::run_layer(const LayerConfig& layer, const std::string& place,
                                                  const std::vector<ValueId>& inputs, int depth) {
  if (is_model(layer.class_name)) return run_inner(layer, place, inputs, depth);
  const Importer* importer = find_importer(layer.class_name);
  if (importer == nullptr) return Value();  // is refused already
  if (!layer.tensor_argument.empty()) {
    refusals_.add(layer.class_name, layer.name,
                  error(Error::kUnsupportedOp, "its argument '{}' is a tensor", layer.tensor_argument));
    return Value();
  }
  TMC_ASSIGN(LayerWeights weights, weights_.of(place));
  LayerContext context(layer, inputs, std::move(weights), version_, budget_, graph_);
  Status status = importer->import(context);
  if (status.ok()) return Value(context.result());
  if (!Refusals::is_refusal(status)) return std::move(status).at_node(layer.name);
  refusals_.add(layer.class_name, layer.name, status);
  return Value();
}

// A model that is a layer of another one.
Result<ModelImport::Value> ModelImport::run_inner(const LayerConfig& layer, const std::string& place,
                                                  const std::vector<ValueId>& inputs, int depth) {
  if (depth >= kMostDepth) return error(Error::kMalformed, "models lie too deep in one another").at_node(layer.name);
  if (weights_.is_list()) {
    refusals_.add(layer.class_name, layer.name,
                  error(Error::kUnsupportedOp, "it is a model within a model of an HDF5 file")
                      .with_hint("save the model as a .keras file"));
    return Value();
  }
  json::Value object = {{"class_name", layer.class_name}};
  object.append("config", layer.config.json());
  TMC_ASSIGN(const ModelConfig inner, parse_model(object));
  if (inner.inputs.size() != inputs.size() || inner.outputs.size() != 1) {
    refusals_.add(
        layer.class_name, layer.name,
        error(Error::kUnsupportedOp, "it has {} inputs and {} outputs", inner.inputs.size(), inner.outputs.size()));
    return Value();
  }
  Values values;
  for (size_t i = 0; i < inputs.size(); ++i) values[inner.inputs[i].layer] = {Value(inputs[i])};
  TMC_TRY(run_layers(inner, place, values, depth + 1));
  const TensorRef& output = inner.outputs.front();
  const auto found = values.find(output.layer);
  if (found == values.end() || output.output != 0 || output.call < 0 || output.call >= std::ssize(found->second)) {
    return error(Error::kMalformed, "its output '{}' is not there", output.layer).at_node(layer.name);
  }
  return found->second[static_cast<size_t>(output.call)];
}

}  // namespace tmc::frontend::keras
