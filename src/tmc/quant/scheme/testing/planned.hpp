// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A plan for a graph given as text, by the ranges that a test says were seen.

#include "tmc/ir/testing/golden.hpp"
#include "tmc/quant/scheme/plan.hpp"

namespace tmc::quant::testing {

inline Histogram seen(float low, float high) {
  Histogram histogram;
  const float ends[] = {low, high};
  histogram.add(ends);
  return histogram;
}

struct Planned {
  ir::Graph graph;
  Plan plan;

  const IntegerActivation& activation(std::string_view name) const {
    return plan.activations.at(graph.find_value(name));
  }
  const Quantization& of(std::string_view name) const { return activation(name).quantization; }
  const IntegerConstant& constant(std::string_view name) const { return plan.constants.at(graph.find_value(name)); }
};

inline Planned plan_of(std::string_view lines, const Statistics& statistics, Scheme scheme = {}) {
  scheme.ranges.method = RangeMethod::kMinMax;
  Planned planned{ir::testing::graph_of(lines).value(), {}};
  planned.plan = make_plan(planned.graph, statistics, scheme).value();
  return planned;
}

}  // namespace tmc::quant::testing
