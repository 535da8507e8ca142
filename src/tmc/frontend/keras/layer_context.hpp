// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a layer's importer works with: its configuration, its weights, what it reads, and the means to add nodes. It
// ends with one of the `finish` functions.

#include <span>
#include <string>
#include <vector>

#include "tmc/frontend/keras/weights.hpp"
#include "tmc/ir/graph.hpp"

namespace tmc::frontend::keras {

class LayerContext {
 public:
  LayerContext(const LayerConfig& layer, std::vector<ir::ValueId> inputs, LayerWeights weights, int version,
               ConstantBudget& budget, ir::Graph& graph)
      : layer_(layer),
        inputs_(std::move(inputs)),
        weights_(std::move(weights)),
        version_(version),
        budget_(budget),
        graph_(graph) {}

  // --- reading
  const std::string& class_name() const { return layer_.class_name; }
  const std::string& output_name() const { return layer_.name; }
  const Config& config() const { return layer_.config; }
  int version() const { return version_; }  // of Keras: 2 or 3
  // What the layer reads; one of it, where it may read no more.
  const std::vector<ir::ValueId>& inputs() const { return inputs_; }
  Result<ir::ValueId> input() const;
  const ops::TensorType& type(ir::ValueId id) const { return graph_.value(id).type; }
  const Shape& shape(ir::ValueId id) const { return type(id).shape; }
  LayerWeights& weights() { return weights_; }
  ConstantBudget& budget() { return budget_; }
  ir::Graph& graph() { return graph_; }

  // --- writing; values are named after the layer with `suffix`
  Result<ir::ValueId> append(const std::string& suffix, ops::AnyOp op, std::vector<ir::ValueId> inputs,
                             Quantization quantization = {});
  ir::ValueId constant(const std::string& suffix, const Shape& shape, std::span<const float> values);
  ir::ValueId scalar(const std::string& suffix, double value);
  Result<ir::ValueId> reshaped(const std::string& suffix, ir::ValueId value, const std::vector<int64_t>& extents);
  // What the layer gives.
  Status finish(ops::AnyOp op, std::vector<ir::ValueId> inputs);
  Status finish_as(ir::ValueId value);
  ir::ValueId result() const { return result_; }

 private:
  const LayerConfig& layer_;
  std::vector<ir::ValueId> inputs_;
  LayerWeights weights_;
  int version_;
  ConstantBudget& budget_;
  ir::Graph& graph_;
  ir::ValueId result_ = ir::ValueId::kNone;
};

}  // namespace tmc::frontend::keras
