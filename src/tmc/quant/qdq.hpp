// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The two ends of a float operator in a graph of quantise/dequantise pairs, and its replacement by an integer operator.

#include <vector>

#include "tmc/ir/graph.hpp"

namespace tmc::quant {

// The integer tensor that `real` is the dequantised form of; kNone where it is none.
ir::ValueId quantized_source(const ir::Graph& graph, ir::ValueId real);

// The quantize node that alone reads `real`; kNone where there is another reader, or none.
ir::NodeId only_quantize(const ir::Graph& graph, ir::ValueId real);

// Whether the tensor is one that integer kernels take for activations: int8 with one scale, or int16 with one and zero
// point 0.
bool is_integer_activation(const ir::Value& value);

// Puts `op` on the integers `inputs` in the place of the float `node`, whose output `quantize` alone reads. The output
// takes that node's name and quantisation; an `activation` that cannot act in its range is dropped.
//
// Where one of the activations (`activations` of the inputs, the first ones) or the output is int16, all are made so:
// int8 ones are widened, which is exact, and an int8 output is rounded once more, from 128th parts of its steps.
Status lower_to_integers(ir::Graph& graph, ir::NodeId node, ir::NodeId quantize, const ir::AnyOp& op,
                         std::vector<ir::ValueId> inputs, size_t activations);

}  // namespace tmc::quant
