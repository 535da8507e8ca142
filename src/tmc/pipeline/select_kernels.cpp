// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/pipeline/select_kernels.hpp"

#include <algorithm>

#include "tmc/pipeline/predict.hpp"
#include "tmc/select/select.hpp"
#include "tmc/storage/roll.hpp"

namespace tmc::pipeline {

Result<program::Program> select_kernels(const ir::Graph& graph, const Compilation& compilation) {
  const Optimize optimize = compilation.options.optimize;
  const auto select = [&](bool spend_flash) -> Result<program::Program> {
    TMC_ASSIGN(program::Program program,
               select::select(graph, compilation.target,
                              {.keep_inputs = compilation.options.keep_inputs, .spend_flash = spend_flash}));
    if (storage::roll_loops(program) > 0) TMC_TRY(program::verify(program, /*placed=*/false));
    return program;
  };
  if (compilation.options.plain_kernels) return select(false);
  if (optimize != Optimize::kBalanced) return select(optimize == Optimize::kSpeed);

  TMC_ASSIGN(program::Program quick, select(true));
  const bool spends =
      std::ranges::any_of(quick.steps, [](const auto& step) { return step.implementation->spends_flash(); });
  if (!spends || !compilation.target.board) return quick;
  TMC_ASSIGN(program::Program small, select(false));
  TMC_ASSIGN(const Amounts with, predict_amounts(quick, compilation));
  TMC_ASSIGN(const Amounts without, predict_amounts(small, compilation));
  const double saved = (without.instructions - with.instructions) / without.instructions;
  const double taken = (with.flash_bytes - without.flash_bytes) / without.flash_bytes;
  return saved > taken ? std::move(quick) : std::move(small);
}

}  // namespace tmc::pipeline
