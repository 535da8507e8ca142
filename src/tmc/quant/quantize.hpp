// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A float graph to one of quantise/dequantise pairs, without training:
//
//   calibrate -> plan -> correction -> choose what stays float -> insert pairs -> measure
//
// Every decision that is not the caller's is made by running the candidate on calibration rows and looking at the
// outputs.

#include "tmc/quant/measure/session.hpp"
#include "tmc/quant/report.hpp"
#include "tmc/quant/scheme/plan.hpp"

namespace tmc::quant {

struct QuantizeOptions {
  Scheme scheme = {};
  bool try_ranges = true;                         // every method, and take the one that serves the outputs best
  bool correction = true;                         // try every correction and keep those that help
  Names corrections = {};                         // done whatever they bring
  int keep_float_worst = 0;                       // that many nodes, those which cost most, stay float
  std::optional<double> max_drop = std::nullopt;  // share of rows: as many nodes stay float as this takes
};

struct GraphCost {
  std::optional<int64_t> flash_bytes = std::nullopt;
  double instructions = 0;
  bool fits = true;  // the budget
};

// Everything outlives the call.
struct QuantizeInputs {
  Runner* runner = nullptr;
  RowSource* rows = nullptr;
  RowSource* score_rows = nullptr;   // none: the rows themselves are scored
  std::vector<int64_t> labels = {};  // of the scored rows; empty: none
  Progress progress = {};
  // Of a graph with pairs; needed for max_drop.
  std::function<Result<GraphCost>(const ir::Graph&)> cost = {};
};

// The graph is laid out for the kernels (NHWC). It requantises with one rounding from then on, whatever it did before:
// so other runtimes agree with it best. Error: what calibrate and make_plan say; kBadUsage for a correction that is
// not there; kBudgetExceeded where no mixture keeps the drop and the budget, with the frontier in the message.
Result<Report> quantize(ir::Graph& graph, const QuantizeInputs& inputs, const QuantizeOptions& options);

}  // namespace tmc::quant
