// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/keras/weights.hpp"

namespace tmc::frontend::keras {
namespace {

constexpr const char* kListRoot = "model_weights";

// As Keras names the groups: "Conv2D" is conv2d, "GRUCell" gru_cell, "MaxPooling2D" max_pooling2d.
std::string snake_of(const std::string& name) {
  const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  const auto is_lower = [](char c) { return c >= 'a' && c <= 'z'; };
  std::string snake;
  for (size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    const bool ends_capitals = i > 0 && is_upper(c) && i + 1 < name.size() && is_lower(name[i + 1]);
    const bool follows_small = i > 0 && is_upper(c) && is_lower(name[i - 1]);
    if (ends_capitals || follows_small) snake += '_';
    snake += is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return snake;
}

}  // namespace

std::string LayerWeights::place_of(const std::string& part) const {
  const auto found = read_.find(is_list_ ? "" : part);
  const size_t index = found == read_.end() ? 0 : found->second;
  if (is_list_) return index < places_.size() ? places_[index] : "";
  return place_ + (part.empty() ? "" : "/" + part) + "/vars/" + std::to_string(index);
}

bool LayerWeights::has_next(const std::string& part) const {
  const std::string place = place_of(part);
  return !place.empty() && file_->has(place);
}

Result<std::vector<float>> LayerWeights::next(const Shape& shape, const std::string& part) {
  const std::string place = place_of(part);
  if (place.empty()) return error(Error::kMalformed, "it has fewer weights than its class needs");
  TMC_ASSIGN(std::vector<float> values, file_->floats(place, shape, *budget_));
  ++read_[is_list_ ? "" : part];
  return values;
}

Result<std::map<std::string, std::string>> ModelWeights::places_of(const ModelConfig& model,
                                                                   const std::string& place) const {
  std::map<std::string, std::string> places;
  std::map<std::string, size_t> used;
  for (const LayerConfig& layer : model.layers) {
    if (is_list_) {
      places[layer.name] = std::string(kListRoot) + "/" + layer.name;
      continue;
    }
    if (model.is_sequential && layer.class_name == "InputLayer") continue;  // it is no layer of such a model
    const std::string stem = snake_of(layer.class_name == "Model" ? "Functional" : layer.class_name);
    const size_t number = used[stem]++;
    const std::string own =
        (place.empty() ? "" : place + "/") + "layers/" + stem + (number == 0 ? "" : "_" + std::to_string(number));
    TMC_ASSIGN(const std::vector<std::string> names, file_.texts(own + "/vars", "name"));
    if (!names.empty() && names.front() != layer.name) {
      return error(Error::kMalformed, "the weights in '{}' are those of '{}'", own, names.front()).at_node(layer.name);
    }
    places[layer.name] = own;
  }
  return places;
}

Result<LayerWeights> ModelWeights::of(const std::string& place) const {
  if (!is_list_) return LayerWeights(file_, budget_, place);
  TMC_ASSIGN(std::vector<std::string> names, file_.texts(place, "weight_names"));
  // A list that is too long for one attribute is in several.
  for (size_t i = 0; names.empty() || i > 0; ++i) {
    TMC_ASSIGN(const auto more, file_.texts(place, "weight_names" + std::to_string(i)));
    if (more.empty()) break;
    names.insert(names.end(), more.begin(), more.end());
  }
  for (std::string& name : names) name = place + "/" + name;
  return LayerWeights(file_, budget_, std::move(names));
}

}  // namespace tmc::frontend::keras
