// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A compiled model for the page that people look at (report/report.hpp): what the program and the cost model say, and
// beside it what `bench` measured, where it did.

#include "tmc/cost/predict.hpp"
#include "tmc/pipeline/bench_report.hpp"
#include "tmc/pipeline/compile.hpp"
#include "tmc/report/report.hpp"

namespace tmc::pipeline {

// The program is placed, `cost` is its prediction; `measured` may be null.
report::Report make_report(const Compilation& compilation, const cost::Cost& cost, const BenchReport* measured);

}  // namespace tmc::pipeline
