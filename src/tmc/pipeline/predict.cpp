// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/pipeline/predict.hpp"

namespace tmc::pipeline {

Result<cost::Cost> predict_cost(const Compilation& compilation) {
  TMC_ASSIGN(const auto table, cost::load_cost_table(compilation.target));
  return cost::predict(compilation.program, compilation.target, compilation.options.optimize,
                       table ? &*table : nullptr);
}

}  // namespace tmc::pipeline
