// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Makes a float graph, the ONNX export of a network, one of quantise/dequantise pairs by the state dictionary of the
// same network after PyTorch's eager static quantisation (torch.ao.quantization.convert). What modules NAME bring:
//
//   NAME.weight, NAME.bias          int8 weights of a layer with their scales, in the place of the graph's float ones
//   NAME.scale, NAME.zero_point     of what the module hands on, after the ReLU that it applies itself
//
// Modules are found by the module path in the node names that torch.onnx.export writes ("/block/conv1/Conv" is
// block.conv1, or block.conv1.0 where ReLU was fused), or by the name of the weights (block.conv1.weight). Functional
// modules (add, mul, cat) leave no path: theirs are the sums, products and concatenations without one, in the order of
// registration. Quantize stubs are the graph's inputs, in order. Pools and means hand on their input's scale, softmax,
// sigmoid and tanh have the fixed one of PyTorch.
//
// Error: kBadInput and kUnsupportedType, with the module or node that has no counterpart, or another shape, and the
// hint.

#include "tmc/frontend/pytorch/state_dict.hpp"

namespace tmc::frontend::pytorch {

Status apply_state_dict(ir::Graph& graph, const StateDict& state);

}  // namespace tmc::frontend::pytorch
