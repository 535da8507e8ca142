// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Which nodes of a planned graph shall stay float after all, by what the outputs gain when they do.

#include "tmc/quant/quantize.hpp"
#include "tmc/quant/repair/repair.hpp"

namespace tmc::quant {

// The graph as a session with the plan carried out.
Result<std::unique_ptr<Session>> open_quantized(const ir::Graph& graph, const Plan& plan, Runner& runner);

// The plan without these nodes, and without what only moved elements between them.
Plan without_nodes(const ir::Graph& graph, const Plan& plan, const std::set<ir::NodeId>& nodes);

// The nodes of the plan that compute, those first whose being float lowers the outputs' error most. Runs the graph once
// for each of them, on at most kSensitivityRows of the judge's rows.
inline constexpr int64_t kSensitivityRows = 32;
Result<std::vector<ir::NodeId>> by_sensitivity(const Work& work, Session& real, const QuantizeInputs& inputs,
                                               const Judge& judge);

// Keeps ever more of `ranked` in float and prices each mixture. The cheapest that loses at most `max_drop` and fits is
// marked as chosen; none may be.
Result<std::vector<FrontierPoint>> find_frontier(const Work& work, const std::vector<ir::NodeId>& ranked,
                                                 const QuantizeInputs& inputs, const Judge& judge, double max_drop);

}  // namespace tmc::quant
