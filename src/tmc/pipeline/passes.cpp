// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/pipeline/passes.hpp"

#include "tmc/ir/verifier.hpp"
#include "tmc/opt/passes.hpp"
#include "tmc/pipeline/evaluator.hpp"
#include "tmc/quant/passes.hpp"

namespace tmc::pipeline {

FoundPass find_pass(std::string_view name) {
  if (const ir::Pass* pass = ir::find_pass(opt::all_passes(), name)) return {"opt", pass};
  return {"quant", ir::find_pass(quant::all_passes(), name)};
}

Status run_pass(ir::Graph& graph, std::string_view name, ir::PassContext context) {
  const ir::Pass* pass = find_pass(name).pass;
  if (!pass) return error(Error::kInternal, "there is no pass '{}'", name);
  KernelEvaluator evaluator;
  context.evaluator = &evaluator;
  TMC_TRY(pass->run(graph, context));
  graph.compact();
  return ir::verify(graph);
}

}  // namespace tmc::pipeline
