// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Where the weights of a layer lie in the file: of a .keras file by the number of its class and their own number, of a
// whole model in HDF5 by the layer's name, in a list.

#include <map>
#include <string>
#include <vector>

#include "tmc/frontend/keras/hdf5_file.hpp"
#include "tmc/frontend/keras/model_config.hpp"

namespace tmc::frontend::keras {

// The weights of one layer, in the order in which they are asked for.
class LayerWeights {
 public:
  // Of a .keras file: `place` is the layer's group.
  LayerWeights(const Hdf5File& file, ConstantBudget& budget, std::string place)
      : file_(&file), budget_(&budget), place_(std::move(place)) {}
  // Of a whole model in HDF5: the places of all its weights.
  LayerWeights(const Hdf5File& file, ConstantBudget& budget, std::vector<std::string> places)
      : file_(&file), budget_(&budget), places_(std::move(places)), is_list_(true) {}

  // The next one of a part of the layer ("cell"; empty: itself), which has that shape.
  Result<std::vector<float>> next(const Shape& shape, const std::string& part = "");
  // Whether there is one more.
  bool has_next(const std::string& part = "") const;

 private:
  std::string place_of(const std::string& part) const;

  const Hdf5File* file_;
  ConstantBudget* budget_;
  std::string place_;
  std::vector<std::string> places_;
  bool is_list_ = false;
  std::map<std::string, size_t> read_;  // how many of each part
};

// The weights of a model's layers.
class ModelWeights {
 public:
  ModelWeights(const Hdf5File& file, ConstantBudget& budget, bool is_list)
      : file_(file), budget_(budget), is_list_(is_list) {}

  // The groups of a model's layers within `place`, the model's own group. kMalformed where a group says that it is
  // another layer's.
  Result<std::map<std::string, std::string>> places_of(const ModelConfig& model, const std::string& place) const;
  // Those of the layer whose group is at `place`.
  Result<LayerWeights> of(const std::string& place) const;
  bool is_list() const { return is_list_; }

 private:
  const Hdf5File& file_;
  ConstantBudget& budget_;
  bool is_list_;
};

}  // namespace tmc::frontend::keras
