// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/pipeline/predict.hpp"

namespace tmc::pipeline {

Result<cost::Cost> predict_cost(const Compilation& compilation) {
  TMC_ASSIGN(const auto table, cost::load_cost_table(compilation.target));
  return cost::predict(compilation.program, compilation.target, compilation.options.optimize,
                       table ? &*table : nullptr);
}

Result<Amounts> predict_amounts(const program::Program& program, const Compilation& compilation) {
  TMC_ASSIGN(const auto table, cost::load_cost_table(compilation.target));
  const cost::Cost cost =
      cost::predict(program, compilation.target, compilation.options.optimize, table ? &*table : nullptr);
  Amounts amounts{.instructions = cost.instructions,
                  .flash_bytes = cost.flash ? static_cast<double>(cost.flash->code) : 0};
  for (const program::Constant& constant : program.constants) {
    amounts.flash_bytes += static_cast<double>(constant.blob.bytes.size());
  }
  return amounts;
}

}  // namespace tmc::pipeline
