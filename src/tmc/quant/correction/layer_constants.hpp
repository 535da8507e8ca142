// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants of float layers as corrections read and replace them.

#include <vector>

#include "tmc/ir/graph.hpp"

namespace tmc::quant {

// The layer's bias; zeros where it has none.
std::vector<float> layer_bias(const ir::Graph& graph, ir::NodeId layer);

// Input `index` of the node becomes a float32 constant of these elements, for this node alone.
void replace_constant(ir::Graph& graph, ir::NodeId node, size_t index, const Shape& shape,
                      const std::vector<float>& elements);
void replace_bias(ir::Graph& graph, ir::NodeId layer, const std::vector<float>& bias);

// Channels of a layer's input (the last axis), and to which of them the weights element at `index` belongs.
int64_t input_channels(const ir::Graph& graph, const ir::Node& layer);
int64_t input_channel_of(const ir::Graph& graph, const ir::Node& layer, int64_t index);

// Divides output channel i of a layer, bias included, by factors[i].
void divide_outputs(ir::Graph& graph, ir::NodeId layer, const std::vector<float>& factors);
// Multiplies what a layer takes from input channel i with factors[i].
void multiply_inputs(ir::Graph& graph, ir::NodeId layer, const std::vector<float>& factors);

}  // namespace tmc::quant
