// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Evaluates constant parts of a graph with the portable kernels: what passes fold through.

#include "tmc/ir/evaluator.hpp"

namespace tmc::pipeline {

class KernelEvaluator : public ir::Evaluator {
 public:
  Result<std::vector<ir::TensorData>> evaluate(const ir::Graph& subgraph) override;
};

}  // namespace tmc::pipeline
