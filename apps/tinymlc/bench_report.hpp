// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What was measured of a model (tmc/report/bench_report.hpp), for people and for machines.

#include "command.hpp"
#include "tmc/report/bench_report.hpp"

namespace tmc::app {

Json bench_json(const report::BenchReport& report);
void print_bench(const report::BenchReport& report, bool per_layer);

}  // namespace tmc::app
