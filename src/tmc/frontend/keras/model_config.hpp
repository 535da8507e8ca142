// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A Keras model as its configuration says it: layers, and which output of which layer each of them reads. Of Keras 2
// and 3, whose lists of inputs differ. Sequential models read like functional ones, each layer the one before it.

#include <string>
#include <vector>

#include "tmc/frontend/keras/config.hpp"

namespace tmc::frontend::keras {

struct LayerConfig;

// Output `output` of what call number `call` of a layer gives.
struct TensorRef {
  std::string layer;
  int64_t call = 0;
  int64_t output = 0;
};

struct ModelConfig {
  std::string name;
  std::vector<LayerConfig> layers;
  std::vector<TensorRef> inputs, outputs;  // inputs are those of layers InputLayer
  bool is_sequential = false;
};

struct LayerConfig {
  std::string class_name, name;
  Config config;
  std::vector<std::vector<TensorRef>> calls = {};  // what each reads; none for InputLayer
  std::string tensor_argument = {};                // an argument beside these that is a tensor too; empty: none
};

bool is_model(std::string_view class_name);
// The object that has `class_name` and `config`; it outlives what comes back. kMalformed, kUnsupportedOp for a model
// that is defined by code.
Result<ModelConfig> parse_model(const json::Value& object);

}  // namespace tmc::frontend::keras
