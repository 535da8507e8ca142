// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Steps as people count layers: the stripes of a node that one kernel runs are one layer, together with the moves of
// rows between them; every other step is one of its own.

#include <cstdint>
#include <string>
#include <vector>

#include "tmc/program/program.hpp"

namespace tmc::program {

// Of steps that move rows from one stripe to the next; they have the name of the node whose rows they are.
inline constexpr const char* kMoveRows = "move_rows";

struct Layer {
  std::vector<int32_t> steps;  // in their order; the first one runs the layer's kernel
  int32_t stripes = 1;         // how many of them do
};

// Takes steps one after the other, and says to which layer each belongs.
class LayerFinder {
 public:
  // `kernel` is the label of the step's implementation.
  size_t add(const std::string& name, const std::string& op, const std::string& kernel, int32_t stripe);
  const std::vector<Layer>& layers() const { return layers_; }

 private:
  struct Key {
    std::string name, kernel;
    int32_t last_stripe = -1;
  };
  std::vector<Key> keys_;  // of each layer
  std::vector<Layer> layers_;
  int32_t steps_ = 0;
};

// In the order of their first steps.
std::vector<Layer> find_layers(const Program& program);

}  // namespace tmc::program
