// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Second moments of what the fully connected layers of a decoder read, over the steps of a text. Layers that read the
// same share theirs; those of which they would be too large have none.

#include <map>
#include <string>

#include "tmc/ir/graph.hpp"
#include "tmc/quant/measure/moments.hpp"

namespace tmc::quant {

class LayerMoments {
 public:
  explicit LayerMoments(const ir::Graph& graph);

  bool wants(const std::string& tensor) const { return sums_.contains(tensor); }
  // What a step has in a tensor that is wanted.
  void add(const std::string& tensor, std::span<const float> reals);
  // The means of what was added. Nothing is added afterwards.
  void finish();
  // [length, length] of what a tensor held; empty where there are none.
  std::span<const double> of(const std::string& tensor) const;

 private:
  std::map<std::string, MomentSum> sums_;
  std::map<std::string, Moments> moments_;
};

}  // namespace tmc::quant
