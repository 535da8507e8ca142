// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/pipeline/evaluator.hpp"

#include "tmc/exec/executor.hpp"
#include "tmc/select/select.hpp"
#include "tmc/storage/storage.hpp"

namespace tmc::pipeline {

Result<std::vector<ir::TensorData>> KernelEvaluator::evaluate(const ir::Graph& subgraph) {
  TMC_ASSIGN(const Target host, load_target("host"));
  TMC_ASSIGN(program::Program open, select::select(subgraph, in_process(host), {}));
  TMC_ASSIGN(const program::Program program, storage::place(std::move(open), {storage::Sharing::kNone}));
  TMC_ASSIGN(exec::Executor executor, exec::Executor::create(program));
  TMC_ASSIGN(std::vector<std::vector<std::byte>> outputs, executor.run({}));
  std::vector<ir::TensorData> data;
  for (std::vector<std::byte>& bytes : outputs) data.emplace_back(std::move(bytes));
  return data;
}

}  // namespace tmc::pipeline
