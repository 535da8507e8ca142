// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Nodes of any operator of the table, with types, extents, attributes and data at random, and what they mean in reals.
// Nothing here knows an operator by name, but those that change the form of a number and not the number, and those of
// many operands, whose extents would not agree by chance.

#include <optional>
#include <random>
#include <string>
#include <vector>

#include "tmc/ir/graph.hpp"

namespace tmc::testing {

using Bytes = std::vector<std::byte>;

struct AnyOperand {
  ops::TensorType type;
  Quantization quantization;
  bool constant = false;
  Bytes data;
  std::vector<double> reals;  // what the elements of `data` stand for
};

struct AnyNode {
  ops::AnyOp op;
  std::vector<AnyOperand> operands;
  ops::TensorType output;
};

// A node whose first operand has this dtype and rank, with extents of 1, 3 and 7, and with 0 where `empty` asks for it.
// None where none of so many attempts satisfies the operator's shape rule. A tensor with an extent of 0 is there
// without an attempt at more.
std::optional<AnyNode> any_node(std::mt19937& rng, const ops::OpInfo& info, DType dtype, int rank, bool empty,
                                int attempts);

// The same in float, run by the portable kernels and without any pass. None where that is not possible.
std::optional<std::vector<double>> real_meaning(const AnyNode& node);

// The node as a graph from its operands that are not constant to "y".
ir::Graph graph_of(const AnyNode& node, const Quantization& output, ir::Requantization requantization);

// The data of the operands that are not constant.
std::vector<Bytes> inputs_of(const AnyNode& node);

// What a tensor's elements stand for.
std::vector<double> to_reals(const ops::TensorType& type, const Quantization& quantization, const Bytes& data);

}  // namespace tmc::testing
