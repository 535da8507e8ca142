// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/pipeline/predict.hpp"

#include "tmc/storage/budget.hpp"

namespace tmc::pipeline {

namespace {

Result<cost::Cost> cost_of(const program::Program& program, const Compilation& compilation) {
  TMC_ASSIGN(const cost::CostTable* const table, cost::load_cost_table(compilation.target));
  return cost::predict(program, compilation.target, compilation.options.optimize, table);
}

}  // namespace

Result<cost::Cost> predict_cost(const Compilation& compilation) {
  return cost_of(compilation.program, compilation);
}

Result<Amounts> predict_amounts(const program::Program& program, const Compilation& compilation) {
  TMC_ASSIGN(const cost::Cost cost, cost_of(program, compilation));
  const int64_t code_bytes = cost.flash ? cost.flash->code : 0;
  return Amounts{.instructions = cost.instructions,
                 .flash_bytes = static_cast<double>(code_bytes + storage::memory_of(program).flash_bytes)};
}

}  // namespace tmc::pipeline
