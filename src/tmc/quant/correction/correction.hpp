// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A correction: a change to a float graph or to its plan that lowers what quantising costs. One file in
// quant/correction/pass/ each, with a test beside it; the table is generated from the folder. Who runs them keeps one
// only where the outputs of rows that it did not learn from come nearer to the float graph's.

#include <span>

#include "tmc/quant/measure/judge.hpp"
#include "tmc/quant/scheme/plan.hpp"

namespace tmc::quant {

// What a correction may change and look at. A copy of it is an independent attempt.
struct Work {
  ir::Graph graph;  // float
  Statistics statistics;
  Plan plan;
};

struct CorrectionContext {
  Runner* runner = nullptr;
  RowSource* rows = nullptr;
  std::vector<int64_t> learning_rows;  // to measure on
  Progress progress;
  Scheme scheme = {};  // of the plan
};

enum class CorrectionStage : uint8_t {
  kGraph,  // changes the graph, so that calibration and plan are made anew
  kPlan,   // changes the plan, or constants that no range depends on
};

struct Correction {
  const char* name;
  const char* doc;  // one sentence
  CorrectionStage stage;
  // Whether there was anything to change.
  Result<bool> (*apply)(Work& work, const CorrectionContext& context);
};

std::span<const Correction* const> all_corrections();

}  // namespace tmc::quant
