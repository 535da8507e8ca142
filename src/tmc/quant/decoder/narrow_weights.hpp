// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Weights of a decoder's step as int8: layers become hybrid, with a scale for each output; rows that are looked up have
// a scale each.
//
// In four bits (decoder/scaled_rows.hpp) are the layers that read enough inputs for an output, but those that make keys
// and values: they are a tenth of the weights where heads share them, and what they make is looked at for as long as it
// is in the caches. Rows that are looked up stay eight bits: one is read a step.

#include "tmc/quant/decoder/layer_moments.hpp"
#include "tmc/quant/decoder/scaled_rows.hpp"

namespace tmc::quant {

class WeightNarrower {
 public:
  // Both outlive it.
  WeightNarrower(ir::Graph& graph, const WeightForm& form, const LayerMoments& moments)
      : graph_(&graph), form_(form), moments_(&moments) {}

  // A fully connected layer; one whose weights are no float constant stays as it is.
  Status narrow_layer(ir::NodeId id);
  // A look-up of rows, likewise.
  Status narrow_table(ir::NodeId id);

 private:
  bool takes_four_bits(ir::NodeId layer) const;
  ir::ValueId add_integers(ir::ValueId of, const char* suffix, const ScaledRows& rows,
                           const Quantization& quantization);
  void replace_input(ir::NodeId id, size_t input, ir::ValueId by);
  const ScaledRows& eight_bits(ir::ValueId matrix);

  ir::Graph* graph_;
  WeightForm form_;
  const LayerMoments* moments_;
  std::map<ir::ValueId, ScaledRows> rows_;  // of matrices in eight bits
};

}  // namespace tmc::quant
