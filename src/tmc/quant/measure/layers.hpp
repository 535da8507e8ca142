// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/quant/calibrate/calibrate.hpp"
#include "tmc/quant/report.hpp"
#include "tmc/quant/scheme/plan.hpp"

namespace tmc::quant {

// What became of the nodes of a float graph that `plan` was carried out on: what can be said without running it, in
// execution order; nodes that only move elements are left out.
std::vector<LayerReport> describe_layers(const ir::Graph& graph, const Plan& plan, const Statistics& statistics);

// Adds the noise, measured on these rows. `real` runs the float graph, `quantized` the one with pairs.
Status measure_layers(Session& real, Session& quantized, RowSource& rows, const std::vector<int64_t>& indices,
                      std::vector<LayerReport>& layers, const Progress& progress);

}  // namespace tmc::quant
