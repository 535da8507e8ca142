// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Graph to an ONNX model, for other runtimes: operators of the default domain, opset 17, or 21 where 16-bit integers
// are quantised to.
//
// What is quantised is written in the QDQ form: an integer operator becomes DequantizeLinear of its operands, the float
// operator, and QuantizeLinear to its result's scale. Weights are int8 initializers with their scales along the output
// channels, biases int32 ones in input scale * weight scale; so a runtime that knows the form finds the same integers.
// Two things stand for themselves only: ties are rounded to even by ONNX, and a hybrid layer, whose float input our
// kernels quantise at run time, is written with a float input and dequantised weights.
//
// Images are [n, c, h, w] inside the file. The model's inputs and outputs keep their names and layouts; transposes are
// put where the two meet, and nowhere else. Scales that the graph gives are written bit for bit: reading the file back
// and lowering it gives the same integer graph. How that requantises is in the file's metadata.
//
// Error: kUnsupportedOp and kUnsupportedType, with the node.

#include <map>
#include <string>

#include "tmc/ir/graph.hpp"
#include "tmc/ir/permute.hpp"

namespace tmc::exporter {

// A tensor of the file that is a value of the graph: the file's axis i is the value's axis order[i].
struct TensorInFile {
  std::string name;
  ir::Permutation order;
};

// The bytes of the file. `places`, where it is given, gets the values' tensors by the values' names.
Result<std::string> to_onnx(const ir::Graph& graph, std::map<std::string, TensorInFile>* places = nullptr);

}  // namespace tmc::exporter
