// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the integers of recurrent layers are to be (ops/recurrent.hpp).
//
//  - the state h of an LSTM is int8, in the range that calibration saw in it, and c int16 in a scale that is a power of
//    two, as LiteRT's integer LSTM has them
//  - the state of a GRU or RNN is int16: what is added to it in a step may be far less than a step of int8. Products
//    see it as int8. Where functions bound it its scale is a power of two, and follows from them alone, so that a
//    network that is stepped frame by frame computes what it computes of the whole sequence
//  - a state that the model gives to the outside is given with all its bits
//  - weights are int8 in [-127, 127], with a scale for every gate, wide enough for the bias to fit 32 bits
//  - the scale of a state is that of what the layer begins with. Its output may be in another one

#include <set>

#include "tmc/quant/scheme/plan.hpp"

namespace tmc::quant {

class RecurrentScheme {
 public:
  // `nodes`: those that compute on integers. All outlive this object.
  RecurrentScheme(const ir::Graph& graph, const std::vector<ir::NodeId>& nodes, const Statistics& statistics,
                  const Scheme& scheme);

  // Activations with one scale together; nothing where recurrent layers do not say what they are.
  std::optional<IntegerActivation> activation(const std::vector<ir::ValueId>& tensors) const;
  // What they have to hold beside what was seen of them.
  ir::RealRange held(const std::vector<ir::ValueId>& tensors) const;
  // Weights, and states that the layer begins with, whose activations are planned.
  void plan_constants(const ir::Node& layer, Plan& plan) const;

 private:
  bool is_mover(ir::ValueId id) const;
  Quantization plan_state(const ir::Node& layer, size_t state, Plan& plan) const;
  Quantization narrow_state(const ir::Node& layer, const Plan& plan) const;
  void plan_weights(const ir::Node& layer, size_t weights, size_t bias, float input_scale, Plan& plan) const;

  const ir::Graph* graph_;
  const Statistics* statistics_;
  const Scheme* scheme_;
  std::set<ir::NodeId> nodes_;
  // Layers by what they give and by what they begin with, and which of their states it is.
  struct State {
    ir::NodeId layer;
    size_t state;
  };
  std::map<ir::ValueId, State> given_;
  std::multimap<ir::ValueId, State> taken_;
};

// Layers whose states are too large for the integers that they would have.
std::set<ir::NodeId> unbounded_layers(const ir::Graph& graph, const Statistics& statistics);
// Gives every recurrent layer constants of its own to begin with: one may be in another scale than the next.
void separate_states(ir::Graph& graph);

}  // namespace tmc::quant
