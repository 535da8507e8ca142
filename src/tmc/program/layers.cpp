// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/program/layers.hpp"

namespace tmc::program {

size_t LayerFinder::add(const std::string& name, const std::string& op, const std::string& kernel, int32_t stripe) {
  const bool is_move = op == kMoveRows;
  size_t at = layers_.size();
  for (size_t i = 0; stripe >= 0 && at == layers_.size() && i < layers_.size(); ++i) {
    // Stripes of a node come in order: those of another one of the same name begin anew.
    const bool is_next = keys_[i].last_stripe >= 0 && keys_[i].last_stripe < stripe;
    if (is_next && keys_[i].name == name && (is_move || keys_[i].kernel == kernel)) at = i;
  }
  if (at == layers_.size()) {
    layers_.push_back({.steps = {}, .stripes = 0});
    keys_.push_back({name, kernel});
  }
  layers_[at].steps.push_back(steps_++);
  if (!is_move || layers_[at].stripes == 0) {
    ++layers_[at].stripes;
    keys_[at].last_stripe = stripe;
  }
  return at;
}

std::vector<Layer> find_layers(const Program& program) {
  LayerFinder finder;
  for (const Step& step : program.steps) finder.add(step.name, step.op, step.implementation->label(), step.stripe);
  return finder.layers();
}

}  // namespace tmc::program
