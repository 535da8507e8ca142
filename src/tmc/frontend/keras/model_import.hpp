// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The layers of a Keras model, one after the other, as nodes of a graph.

#include <map>
#include <optional>

#include "tmc/base/host/refusals.hpp"
#include "tmc/frontend/common/open_shape.hpp"
#include "tmc/frontend/keras/importers.hpp"

namespace tmc::frontend::keras {

class ModelImport {
 public:
  ModelImport(const ModelWeights& weights, int version, const ImportOptions& options, ConstantBudget& budget,
              ir::Graph& graph, Refusals& refusals)
      : weights_(weights), version_(version), options_(options), budget_(budget), graph_(graph), refusals_(refusals) {}

  // The whole model, with its inputs and outputs as those of the graph.
  Status import(const ModelConfig& model);

 private:
  // What a call of a layer gives; none where it is refused.
  using Value = std::optional<ir::ValueId>;
  using Values = std::map<std::string, std::vector<Value>>;  // by layer, for each of its calls

  void find_unknown(const ModelConfig& model, int depth);
  Status add_inputs(const ModelConfig& model, Values& values);
  Status run_layers(const ModelConfig& model, const std::string& place, Values& values, int depth);
  Status run_ready(const LayerConfig& layer, const std::string& place, Values& values, int depth, bool& went_on);
  Result<Value> run_layer(const LayerConfig& layer, const std::string& place, const std::vector<ir::ValueId>& inputs,
                          int depth);
  Result<Value> run_inner(const LayerConfig& layer, const std::string& place, const std::vector<ir::ValueId>& inputs,
                          int depth);

  const ModelWeights& weights_;
  const int version_;
  const ImportOptions& options_;
  ConstantBudget& budget_;
  ir::Graph& graph_;
  Refusals& refusals_;
};

}  // namespace tmc::frontend::keras
