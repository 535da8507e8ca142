// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Evaluator: runs a small graph in this process. Passes fold constants through it without knowing kernels; `exec`
// implements it and `pipeline` hands it in.

#include <vector>

#include "tmc/ir/graph.hpp"

namespace tmc::ir {

class Evaluator {
 public:
  virtual ~Evaluator() = default;
  // The data of the graph's outputs, in their order. `subgraph` is verified and has no inputs: everything it reads is
  // constant. Error: kUnsupportedOp, kUnsupportedType or kUnsupportedShape where no kernel takes a node; the caller may
  // then leave the nodes as they are.
  virtual Result<std::vector<TensorData>> evaluate(const Graph& subgraph) = 0;
};

}  // namespace tmc::ir
